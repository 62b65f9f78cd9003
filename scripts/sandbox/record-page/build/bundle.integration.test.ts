import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundlePage } from './bundle.ts';

const TEST_PACKAGE = path.resolve(import.meta.dirname, '../modules/test-package');
const COMPILED = path.resolve(import.meta.dirname, '../../../../.sandbox/cache/lwc');
const COLD_MS = 120_000;
let scratch: string;
let packageDir: string;

beforeAll(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-bundle-'));
  // What the page's own build compiled is taken from there: the base components alone take ten seconds.
  fs.mkdirSync(COMPILED, { recursive: true });
  fs.mkdirSync(path.join(scratch, 'cache'));
  fs.symlinkSync(COMPILED, path.join(scratch, 'cache/lwc'), 'junction');
});
beforeEach(() => {
  packageDir = fs.mkdtempSync(path.join(scratch, 'package-'));
  fs.cpSync(TEST_PACKAGE, packageDir, { recursive: true });
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const build = () => bundlePage({ packageDirs: [packageDir], cacheDir: path.join(scratch, 'cache') });
const component = (name: string, extension: string) => path.join(packageDir, 'lwc', name, `${name}.${extension}`);
const edit = (file: string, change: (text: string) => string) => fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));

describe('the bundle', () => {
  test('holds synthetic shadow apart from the page, and is compiled once', { timeout: COLD_MS }, async () => {
    const cold = await build();
    expect(cold.stats.compiled + cold.stats.cached).toBeGreaterThan(100);
    const shadow = fs.readFileSync(path.join(cold.dir, 'synthetic-shadow.js'), 'utf8');
    expect(shadow).not.toMatch(/^(import|export) /m);
    const main = fs.readFileSync(path.join(cold.dir, 'main.js'), 'utf8');
    expect(main).toMatch(/import/);

    const warm = await build();
    expect(warm).toEqual({ dir: cold.dir, stats: { compiled: 0, cached: 0 } });
  });

  test('compiles again what changed, and only that', { timeout: COLD_MS }, async () => {
    const before = await build();
    edit(component('billCard', 'html'), (text) => text.replace('Bill B-1', path.basename(scratch)));
    const { dir, stats } = await build();
    expect(dir).not.toBe(before.dir);
    expect(stats.compiled).toBe(1);
    const chunks = fs.readdirSync(path.join(dir, 'chunks')).map((name) => fs.readFileSync(path.join(dir, 'chunks', name), 'utf8'));
    expect(chunks.some((text) => text.includes(path.basename(scratch)))).toBe(true);
    expect(fs.readdirSync(path.dirname(dir)).filter((name) => name.includes('.'))).toEqual([]);
  });

  test.each<[string, () => void, RegExp]>([
    [
      'a platform module without a stand-in',
      () => edit(component('billCard', 'js'), (js) => `import { x } from 'lightning/uiGraphQLApi';\nexport { x };\n${js}`),
      /billCard\.js:1: Cannot resolve "lightning\/uiGraphQLApi"/,
    ],
    [
      'a base component that does not exist',
      () =>
        edit(component('billCard', 'html'), (html) => html.replace('</template>', '<lightning-no-such></lightning-no-such></template>')),
      /billCard\.html:\d+: Cannot resolve "lightning\/noSuch"/,
    ],
    [
      'a label the package lacks',
      () => edit(component('billMaker', 'js'), (js) => js.replace('c.Bill_Made', 'c.Bill_Lost')),
      /billMaker\.js:\d+: The package has no custom label Bill_Lost/,
    ],
    [
      'a module of ours that is not there',
      () => edit(component('billCard', 'js'), (js) => `import 'c/gone';\n${js}`),
      /Cannot resolve "c\/gone"/,
    ],
    [
      'a template error',
      () => edit(component('billCard', 'html'), (html) => html.replace('{link}', '{link()}')),
      /billCard\.html:\d+: .*LWC/s,
    ],
    [
      'two components of one name',
      () => fs.cpSync(path.join(packageDir, 'lwc'), path.join(packageDir, 'other/lwc'), { recursive: true }),
      /Two Lightning web components are called bill(Card|Maker)/,
    ],
    [
      'a component on a page the sandbox cannot draw',
      () =>
        edit(path.join(packageDir, 'flexipages/Account_Page.flexipage-meta.xml'), (xml) =>
          xml.replace('force:detailPanel', 'force:unheardOf'),
        ),
      /Account_Page\.flexipage-meta\.xml: the sandbox cannot draw force:unheardOf/,
    ],
  ])('refuses %s', async (_what, plant, expected) => {
    plant();
    await expect(build()).rejects.toThrow(expected);
  });
});
