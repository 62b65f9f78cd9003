import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import { listFiles, readPackage } from '../package/source.ts';

export const name = 'convert-source';
export const shows = 'sf project convert source takes every file of the package';

const SF = path.resolve(import.meta.dirname, '../../../node_modules/@salesforce/cli/bin/run.js');
const DIRECTORIES = ['force-app/main', 'force-app/tests', 'force-app/extensions'];

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const findings: Finding[] = [];
  // sf does not miss these: it leaves the class or component out.
  for (const file of source.files) {
    const bundle = /^(.*\/lwc\/([^/]+))\/\2\.js$/.exec(file);
    const needed = file.endsWith('.cls') ? `${file}-meta.xml` : bundle ? `${bundle[1] ?? ''}/${bundle[2] ?? ''}.js-meta.xml` : undefined;
    if (needed && !source.files.includes(needed))
      findings.push({ file, message: `its metadata file ${path.posix.basename(needed)} is missing, so it would not be deployed` });
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'trueup-convert-'));
  try {
    const refusal = await convert(root, folder);
    if (refusal) findings.push({ file: fileIn(refusal, root) ?? 'force-app', message: refusal });
    else if (listFiles(folder, '.').length === 0) throw new Error('sf project convert source wrote nothing.');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return findings;
}

/** What sf refuses, in its words. */
function convert(root: string, output: string): Promise<string | undefined> {
  const directories = DIRECTORIES.filter((directory) => listFiles(root, directory).length > 0).flatMap((directory) => [
    '--source-dir',
    directory,
  ]);
  const args = [SF, 'project', 'convert', 'source', ...directories, '--output-dir', path.join(output, 'converted'), '--json'];
  // Settings of the person who runs the check must not change what it finds.
  const env = {
    ...process.env,
    HOME: output,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    FORCE_COLOR: '0',
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      try {
        const { status, message } = JSON.parse(stdout) as { status: number; message?: string };
        resolve(status === 0 ? undefined : (message ?? 'sf gave no reason'));
      } catch {
        reject(new Error(`sf project convert source gave no answer: ${stderr || String(error)}`));
      }
    });
  });
}

const fileIn = (message: string, root: string): string | undefined =>
  /[^\s:"]*force-app\/[^\s:",]+/.exec(message)?.[0].replace(`${root}/`, '');
