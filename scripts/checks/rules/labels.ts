import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';
import { children, textOf } from '../package/xml.ts';

export const name = 'labels';
export const shows = 'labels are there once, fit, and are used';

const VALUE_LIMIT = 1000;
const SHORT_LIMIT = 80;
const USES = /(?:@salesforce\/label\/c\.|\bLabel\.(?:c\.)?|\$Label\.)(\w+)/g;

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const users = source.files.filter(
    (file) => /\.(js|cls|xml)$/.test(file) && !file.includes('/__tests__/') && !file.startsWith('force-app/tests/'),
  );
  const used = new Set(users.flatMap((file) => [...source.text(file).matchAll(USES)].map(([, label]) => label)));
  const findings: Finding[] = [];
  for (const { file, root: labels } of source.ofType('CustomLabels')) {
    const seen = new Set<string>();
    for (const label of children(labels, 'labels')) {
      const called = textOf(label, 'fullName') ?? '';
      const report = (message: string) => findings.push({ file, line: label.line, message: `${called}: ${message}` });
      if (seen.has(called)) report('it is there twice, which fails the deployment');
      seen.add(called);
      if (!used.has(called)) report('nothing uses it');
      if ((textOf(label, 'value') ?? '').length > VALUE_LIMIT) report(`a label holds ${VALUE_LIMIT} characters`);
      if ((textOf(label, 'shortDescription') ?? '').length > SHORT_LIMIT) report(`its short description holds ${SHORT_LIMIT} characters`);
    }
  }
  return findings;
}
