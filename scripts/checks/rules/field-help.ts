import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';
import { textOf } from '../package/xml.ts';

export const name = 'field-help';
export const shows = 'every field has label, description and help; every object, flow, page and permission set a description';

const HELP_LIMIT = 510;
const DESCRIBED = new Set([
  'CustomObject',
  'CustomPermission',
  'Dashboard',
  'ExternalCredential',
  'FlexiPage',
  'Flow',
  'PermissionSet',
  'Report',
  'ReportType',
  'ValidationRule',
]);

export async function check(root: string): Promise<Finding[]> {
  return readPackage(root).metadata.flatMap(({ file, root: element }) => {
    const needed =
      element.name === 'CustomField' ? ['label', 'description', 'inlineHelpText'] : DESCRIBED.has(element.name) ? ['description'] : [];
    const findings: Finding[] = needed
      .filter((part) => !textOf(element, part))
      .map((part) => ({ file, line: element.line, message: `it has no <${part}>` }));
    if ((textOf(element, 'inlineHelpText') ?? '').length > HELP_LIMIT)
      findings.push({ file, line: element.line, message: `help text may be ${HELP_LIMIT} characters long` });
    return findings;
  });
}
