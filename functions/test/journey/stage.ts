import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser, type Sandbox, startSandbox } from '../../../scripts/sandbox/index.ts';
import { brokenRules } from './accessibility.ts';
import { watch } from './watch.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const screenshots = path.join(root, 'screenshots');

export type User = 'rep' | 'admin' | 'accountant' | 'none';

/** The product on loopback with a browser in front of it. */
export interface Stage {
  sandbox: Sandbox;
  /** Ids of the story's records. */
  story: NonNullable<Sandbox['seeded']>;
  /** A new tab of that person's browser, at a path of the page or at a whole address. */
  tab(address: string, user?: User): Promise<Page>;
  /** Saves `screenshots/NN-name.png`, and holds the page to axe. @throws naming the broken rules */
  picture(page: Page, name: string): Promise<void>;
  /** Saves how every tab looks, for whoever looks into a failure. */
  remember(failure: string): Promise<void>;
  /** What went wrong in any tab since last asked: console errors, uncaught errors, content-security violations. */
  troubles(): string[];
  stop(): Promise<void>;
}

/** Starts sandbox and browser; screenshots of an earlier run are removed. */
export async function openStage(): Promise<Stage> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-journey-'));
  const [sandbox, browser] = await Promise.all([startSandbox({ port: 0, dataDir, durable: false }), startBrowser()]);
  const { seeded, info } = sandbox;
  if (!seeded || !info.page) throw new Error('the sandbox came up without its story or its page');
  fs.rmSync(screenshots, { recursive: true, force: true });
  fs.mkdirSync(screenshots, { recursive: true });

  const people = new Map<User, BrowserContext>();
  let heard: string[] = [];
  let taken = 0;
  const personOf = async (user: User): Promise<BrowserContext> => {
    const known = people.get(user);
    if (known) return known;
    const context = await openContext(browser, info.page!, user);
    people.set(user, context);
    return context;
  };

  return {
    sandbox,
    story: seeded,
    async tab(address, user = 'rep') {
      const page = await (await personOf(user)).newPage();
      page.setDefaultTimeout(15_000);
      await watch(page, (trouble) => heard.push(trouble));
      await page.goto(address);
      return page;
    },
    async picture(page, name) {
      taken += 1;
      await page.bringToFront();
      await page.screenshot({ path: path.join(screenshots, `${String(taken).padStart(2, '0')}-${name}.png`) });
      const broken = await brokenRules(page);
      if (broken.length > 0) throw new Error(`${name} is not accessible: ${broken.join('; ')}`);
    },
    async remember(failure) {
      const tabs = [...people.values()].flatMap((context) => context.pages());
      const name = failure.replace(/\W+/g, '-').slice(0, 60);
      for (const [index, tab] of tabs.entries()) await tab.screenshot({ path: path.join(screenshots, `failed-${name}-${index}.png`) });
    },
    troubles() {
      const all = [...heard, ...sandbox.cspReports().map((report) => JSON.stringify(report))];
      heard = [];
      return all;
    },
    async stop() {
      await browser.close();
      await sandbox.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startBrowser(): Promise<Browser> {
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args });
}

async function openContext(browser: Browser, page: string, user: User): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: page, viewport: { width: 1400, height: 900 }, locale: 'en-US' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: page });
  if (user !== 'rep') await context.request.post('/sandbox/login', { data: { user } });
  return context;
}
