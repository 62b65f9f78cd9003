import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import { listFiles } from '../package/source.ts';

export const name = 'file-size';
export const shows = 'no hand-written file is longer than 300 lines';

const LIMIT = 300;
const WRITTEN = /\.(ts|mts|cts|js|mjs|cjs|cls|html|css)$/;
const EXEMPT =
  /\.test\.[a-z]+$|\/__tests__\/|\/functions\/test\/|^force-app\/(tests|extensions\/[^/]+\/classes)\/|\.generated\.|^scripts\/sf-plugin\/lib\//;

export async function check(root: string): Promise<Finding[]> {
  return ['functions', 'scripts', 'force-app', 'config']
    .flatMap((folder) => listFiles(root, folder))
    .filter((file) => WRITTEN.test(file) && !EXEMPT.test(file))
    .flatMap((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length;
      return lines > LIMIT ? [{ file, line: LIMIT, message: `${lines} lines: split it, ${LIMIT} is the most` }] : [];
    });
}
