import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';

export const name = 'hosts';
export const shows = 'the package knows no provider and no host: it talks to the functions alone';

const FORBIDDEN: [RegExp, string][] = [
  [/\b(?:api|files|hooks|dashboard|invoice|checkout|js)\.stripe\.com\b/i, 'Stripe is reached by the functions alone'],
  [/\b[\w.-]*\.(?:intuit|quickbooks)\.com\b/i, 'QuickBooks is reached by the functions alone'],
  [/\bHerokuAppLink\./, 'an org without AppLink could not install this'],
  [/\b(?:sk|rk|pk)_(?:live|test)_\w{8,}|\bwhsec_\w{8,}/, 'this looks like a secret'],
];
/** Endings of files that hold text a person wrote. */
const TEXT = /\.(xml|cls|js|html|css|json|trigger)$/;

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  return source.files
    .filter((file) => TEXT.test(file) && !file.includes('/__tests__/') && !file.startsWith('force-app/tests/'))
    .flatMap((file) =>
      source
        .text(file)
        .split('\n')
        .flatMap((line, index) =>
          FORBIDDEN.flatMap(([pattern, message]) => (pattern.test(line) ? [{ file, line: index + 1, message }] : [])),
        ),
    );
}
