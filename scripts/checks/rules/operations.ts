import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';

export const name = 'operations';
export const shows = 'one name from Apex to use case: every operation has its endpoint and its use case';

const CONTRACT = 'functions/openapi.yaml';
/** Operations that ask for no business, so they have no use case. */
const WITHOUT_USE_CASE = new Set(['health', 'metrics']);

export async function check(root: string): Promise<Finding[]> {
  const file = path.join(root, CONTRACT);
  if (!existsSync(file)) return [{ file: CONTRACT, message: 'it does not exist yet: npm run openapi makes it from the endpoints' }];
  const lines = readFileSync(file, 'utf8').split('\n');
  const operations = new Map(
    lines.flatMap((line, index) => [...line.matchAll(/^\s*operationId:\s*['"]?([\w-]+)/g)].map(([, id = '']) => [id, index + 1] as const)),
  );
  if (operations.size === 0) return [{ file: CONTRACT, message: 'it names no operation' }];
  const findings: Finding[] = [];
  for (const [id, line] of operations)
    for (const folder of WITHOUT_USE_CASE.has(id) ? ['endpoints'] : ['endpoints', 'use-cases'])
      if (!existsSync(path.join(root, 'functions/src', folder, `${id}.ts`)))
        findings.push({ file: CONTRACT, line, message: `the operation ${id} has no functions/src/${folder}/${id}.ts` });
  const source = readPackage(root);
  for (const apex of source.files.filter((found) => found.endsWith('.cls') && found.startsWith('force-app/main/'))) {
    const text = source.text(apex);
    for (const match of text.matchAll(/(?:TrueupPageCall\.run|TrueupFunctionGateway\.call)\(\s*'([\w-]+)'/g))
      if (!operations.has(match[1] ?? ''))
        findings.push({
          file: apex,
          line: text.slice(0, match.index).split('\n').length,
          message: `the functions have no operation ${match[1] ?? ''}`,
        });
  }
  return findings;
}
