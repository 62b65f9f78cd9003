import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { checks } from '../list.ts';
import { codeDefects } from './code-defects.ts';
import { Copy } from './copy.ts';
import { metadataDefects } from './metadata-defects.ts';
import { toolDefects } from './tool-defects.ts';

const defects = [...metadataDefects, ...codeDefects];
const wanted = new Set(defects.map(({ check }) => check));

/** Every check that reads only; the ones that run compilers and analysers are in planted-defects.integration.test.ts. */
describe('planted defects', () => {
  let copy: Copy;
  const found = new Map<string, Finding[]>();

  beforeAll(async () => {
    copy = new Copy();
    for (const defect of defects) defect.plant(copy);
    for (const { name, check } of checks) if (wanted.has(name)) found.set(name, await check(copy.root));
  });
  afterAll(() => copy.remove());

  it('every check has a defect it must catch', () => {
    expect(checks.map(({ name }) => name).filter((name) => !wanted.has(name) && !toolDefects.some(({ check }) => check === name))).toEqual(
      [],
    );
  });

  it.each(defects)('$check catches $name', ({ check, file, says }) => {
    const findings = found.get(check) ?? [];
    expect(findings.filter((finding) => finding.file.includes(file) && says.test(finding.message))).not.toEqual([]);
  });
});
