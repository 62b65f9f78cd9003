import path from 'node:path';
import type { Finding } from '../finding.ts';
import { missingJava, runJava } from '../java.ts';
import { readPackage } from '../package/source.ts';

export const name = 'apex-ls';
export const shows = 'Apex compiles: types, methods and fields are known';
export const missing = missingJava;

/** Exit codes of CheckForIssues. https://github.com/apex-dev-tools/apex-ls */
const CLEAN = 0;
const ISSUES = 4;

interface Report {
  files: { path: string; messages: { start: { line: number }; category: string; message: string }[] }[];
}

export async function check(root: string): Promise<Finding[]> {
  if (!readPackage(root).files.some((file) => file.endsWith('.cls'))) throw new Error('force-app holds no Apex class.');
  const { code, stdout, stderr } = await runJava('io.github.apexdevtools.apexls.CheckForIssues', [
    '-w',
    root,
    '-d',
    'warnings',
    '-n',
    '-f',
    'json',
  ]);
  if (code !== CLEAN && code !== ISSUES) throw new Error(`apex-ls ended with ${code}: ${stderr || stdout}`);
  if (!stdout.trim()) return [];
  const { files } = JSON.parse(stdout) as Report;
  return files.flatMap(({ path: file, messages }) =>
    messages.map(({ start, category, message }) => ({
      file: path.relative(root, file),
      line: start.line,
      message: `${category}: ${message}`,
    })),
  );
}
