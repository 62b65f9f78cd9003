import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folder of the recorded and official data: `TRUEUP_FIXTURES`, else `shared/fixtures` beside the repository. */
export const fixturesFolder = (): string =>
  path.resolve(process.env['TRUEUP_FIXTURES'] ?? path.join(import.meta.dirname, '../../../../shared/fixtures'));

/** The folder if it holds data, with the line to print when it does not. */
export function findFixtures(): { folder: string; missing?: string } {
  const folder = fixturesFolder();
  const isThere = existsSync(path.join(folder, 'quickbooks')) || existsSync(path.join(folder, 'salesforce'));
  return isThere
    ? { folder }
    : { folder, missing: `There is no recorded data at ${folder}: nothing was compared. Point TRUEUP_FIXTURES at it.` };
}

export const readText = (...parts: string[]): string => readFileSync(path.join(...parts), 'utf8');
export const readJson = <T>(...parts: string[]): T => JSON.parse(readText(...parts)) as T;

/** Names of the files in a folder, sorted; none when the folder is absent. */
export const filesIn = (...parts: string[]): string[] => (existsSync(path.join(...parts)) ? readdirSync(path.join(...parts)).sort() : []);
