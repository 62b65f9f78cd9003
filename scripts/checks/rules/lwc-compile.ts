import { transformSync } from '@lwc/compiler';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';

export const name = 'lwc-compile';
export const shows = 'components compile with the compiler of the platform';

const API_VERSION = 66;

interface Located {
  message: string;
  location?: { line: number };
}

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  return source.files
    .filter((file) => /\/lwc\/[^/]+\/[^/]+\.(js|html|css)$/.test(file))
    .flatMap((file) => {
      const bundle = path.posix.basename(path.posix.dirname(file));
      const found = ({ message, location }: Located): Finding => ({ file, line: location?.line, message: message.split('\n')[0] ?? '' });
      try {
        const options = { name: bundle, namespace: 'c', apiVersion: API_VERSION, enableDynamicComponents: true };
        return (transformSync(source.text(file), path.posix.basename(file), options).warnings ?? []).map(found);
      } catch (error) {
        return [found(error as Located)];
      }
    });
}
