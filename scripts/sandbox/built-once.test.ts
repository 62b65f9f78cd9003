import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildOnce, folderBuiltFrom } from './built-once.ts';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-built-'));
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

let built = 0;
const build = async (aside: string) => {
  built += 1;
  await new Promise((resolve) => setTimeout(resolve, 50));
  fs.mkdirSync(aside);
  fs.writeFileSync(path.join(aside, 'out.js'), String(built));
};
const folderFor = (source: string) => {
  const file = path.join(dir, 'source.ts');
  fs.writeFileSync(file, source);
  return folderBuiltFrom(path.join(dir, 'built'), [{ base: dir, file }]);
};

test('who comes at once or later finds what the first built; another source is built anew', async () => {
  const folder = folderFor('a');
  expect((await Promise.all([1, 2, 3].map(() => buildOnce(folder, build)))).filter(Boolean)).toHaveLength(1);
  expect(await buildOnce(folderFor('a'), build)).toBe(false);
  expect(await buildOnce(folderFor('b'), build)).toBe(true);
  expect(built).toBe(2);
});

test('a build that failed or was killed is made again, and leaves nothing', async () => {
  const folder = folderFor('c');
  await expect(buildOnce(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  // Of a process that is no more: the highest id that Linux gives is below.
  fs.writeFileSync(`${folder}.claim`, '99999999');
  expect(await buildOnce(folder, build)).toBe(true);
  expect(fs.readdirSync(path.dirname(folder)).filter((name) => name.includes('.'))).toEqual([]);
});

test('the newest stay, and what was used since yesterday', async () => {
  for (const source of ['d', 'e', 'f', 'g']) await buildOnce(folderFor(source), build);
  const long = new Date(Date.now() - 100_000_000);
  for (const source of ['a', 'b']) fs.utimesSync(folderFor(source), long, long);
  await buildOnce(folderFor('h'), build);
  const left = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].filter((source) => fs.existsSync(folderFor(source)));
  expect(left).toEqual(['c', 'd', 'e', 'f', 'g', 'h']);
});
