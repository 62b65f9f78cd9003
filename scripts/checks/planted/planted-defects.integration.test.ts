import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../list.ts';
import { runAll } from '../run-all.ts';
import type { Result } from '../run-all.ts';
import { Copy } from './copy.ts';
import { toolDefects } from './tool-defects.ts';

const requireAll = process.env.TRUEUP_REQUIRE_ALL === '1';

describe('planted defects that compilers and analysers find', () => {
  let copy: Copy;
  let results: Result[] = [];

  beforeAll(async () => {
    copy = new Copy();
    for (const defect of toolDefects) defect.plant(copy);
    const wanted = new Set(toolDefects.map(({ check }) => check));
    results = await runAll(
      copy.root,
      checks.filter(({ name }) => wanted.has(name)),
    );
  }, 120_000);
  afterAll(() => copy.remove());

  it.for(toolDefects)('$check catches $name', ({ check, file, says }, { skip }) => {
    const result = results.find(({ name }) => name === check);
    if (result?.state === 'not run' && !requireAll) skip(`not run: ${result.reason ?? ''}`);
    expect(result).toMatchObject({ state: 'failed', reason: undefined });
    expect(result?.findings.filter((finding) => finding.file.includes(file) && says.test(finding.message))).not.toEqual([]);
  });
});
