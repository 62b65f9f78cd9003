import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import { missingJava, runJava } from '../java.ts';
import { readPackage } from '../package/source.ts';

export const name = 'pmd';
export const shows = 'PMD sees no insecure, slow or error-prone Apex (config/pmd-ruleset.xml)';
export const missing = missingJava;

const RULES = path.resolve(import.meta.dirname, '../../../config/pmd-ruleset.xml');

/** Result file of the wrapper inside @salesforce/code-analyzer-pmd-engine. */
interface Result {
  violations: { rule: string; message: string; codeLocation: { file: string; startLine: number } }[];
  processingErrors: { file: string; message: string }[];
}

export async function check(root: string): Promise<Finding[]> {
  const filesToScan = readPackage(root)
    .files.filter((file) => file.endsWith('.cls'))
    .map((file) => path.join(root, file));
  const folder = await mkdtemp(path.join(tmpdir(), 'trueup-pmd-'));
  try {
    const input = path.join(folder, 'input.json');
    const output = path.join(folder, 'output.json');
    await writeFile(input, JSON.stringify({ ruleSetInputFile: RULES, runDataPerLanguage: { apex: { filesToScan } } }));
    const { code, stdout, stderr } = await runJava('com.salesforce.sfca.pmdwrapper.PmdWrapper', ['run', input, output]);
    if (code !== 0) throw new Error(`PMD ended with ${code}: ${stderr || stdout}`);
    const { violations, processingErrors } = JSON.parse(await readFile(output, 'utf8')) as Result;
    return [
      ...violations.map(({ rule, message, codeLocation }) => ({
        file: path.relative(root, codeLocation.file),
        line: codeLocation.startLine,
        message: `${rule}: ${message.trim()}`,
      })),
      ...processingErrors.map(({ file, message }) => ({
        file: path.relative(root, file),
        message: `PMD could not read it: ${message.split('\n')[0] ?? ''}`,
      })),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
