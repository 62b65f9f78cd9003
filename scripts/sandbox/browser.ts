import fs from 'node:fs';
import path from 'node:path';

/** How to start a browser for tests and screenshots, with any driver of the Chrome protocol. */
export interface FoundBrowser {
  executablePath: string;
  args: string[];
  /** Where it comes from, for a report. */
  source: 'CHROME_PATH' | 'machine' | '@sparticuz/chromium';
}

/** Headless and quiet: no first-run pages, no updates, no traffic of its own. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The one without windows first: it does what the others do headless, for less. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The browser of `CHROME_PATH`, else the machine's Chrome or Chromium, else on Linux the one inside `@sparticuz/chromium`.
 * Throws with the install command when there is none.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (!fs.existsSync(wanted)) throw new Error(`CHROME_PATH names ${wanted}, which does not exist. Correct it or unset it.`);
    return { executablePath: wanted, args: ARGS, source: 'CHROME_PATH' };
  }
  const executablePath = [...onPath(), ...APPLICATIONS].find((file) => fs.existsSync(file));
  if (executablePath) return { executablePath, args: ARGS, source: 'machine' };
  return (await fromPackage()) ?? missing();
}

function onPath(): string[] {
  return (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
}

async function fromPackage(): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const name: string = '@sparticuz/chromium'; // a dev dependency of the tests; the sandbox alone is started without it
  try {
    const { default: chromium } = (await import(name)) as { default: { executablePath(): Promise<string> } };
    // Its own list of arguments is left aside: it switches web security off, which the tests are about.
    return { executablePath: await chromium.executablePath(), args: [...ARGS, '--no-zygote'], source: '@sparticuz/chromium' };
  } catch {
    return undefined;
  }
}

function missing(): never {
  const command =
    { darwin: 'brew install --cask chromium', win32: 'winget install Google.Chrome' }[process.platform as string] ??
    'apt-get install -y chromium';
  throw new Error(`There is no Chrome or Chromium on this machine. Install one (${command}), or set CHROME_PATH to yours.`);
}
