import type { Finding } from '../finding.ts';
import { listFiles } from '../package/source.ts';

export const name = 'drawers';
export const shows = 'no file or folder is a drawer: utils, helpers, common, misc, services, managers';

const WORDS = 'utils?|helpers?|common|misc|managers?|services?';
const LOWER = new RegExp(String.raw`(^|[-_.])(${WORDS})($|[-_.])`);
const CAMEL = new RegExp(`(${WORDS.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())})(Test)?$`);

/** Modules of the platform keep the platform's names. */
const PLATFORM = 'scripts/sandbox/record-page/modules/lightning/';

export async function check(root: string): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  for (const file of ['functions', 'scripts', 'force-app', 'config'].flatMap((folder) => listFiles(root, folder))) {
    if (file.startsWith(PLATFORM)) continue;
    const parts = file.split('/');
    for (const [index, part] of parts.entries()) {
      const stem = index === parts.length - 1 ? part.replace(/\..*$/, '') : part;
      if (!LOWER.test(stem) && !CAMEL.test(stem)) continue;
      const place = parts.slice(0, index + 1).join('/');
      found.set(place, { file: place, message: `"${stem}" is a drawer: name it after what it does` });
    }
  }
  return [...found.values()];
}
