import path from 'node:path';
import type { Finding } from '../finding.ts';
import { readPackage } from '../package/source.ts';
import { child, children, textOf } from '../package/xml.ts';

export const name = 'names';
export const shows = 'every name that a customer could have too begins with Trueup_';

/** Metadata whose name is unique in the whole org, not within one of our objects. */
const ORG_WIDE = new Set([
  'ApexClass',
  'CustomApplication',
  'CustomObject',
  'CustomPermission',
  'CustomTab',
  'Dashboard',
  'DashboardFolder',
  'ExternalCredential',
  'FlexiPage',
  'Flow',
  'LightningComponentBundle',
  'LightningMessageChannel',
  'PermissionSet',
  'PermissionSetGroup',
  'QuickAction',
  'Report',
  'ReportFolder',
  'ReportType',
  'StaticResource',
  'GlobalValueSet',
  'RemoteSiteSetting',
  'CspTrustedSite',
]);
const prefixed = (called: string) => /^(Trueup(_|[A-Z])|trueup[A-Z])/.test(called);

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const findings: Finding[] = [];
  for (const { file, name: called, object, root: element } of source.metadata) {
    const own = called.includes('.') ? (called.split('.')[1] ?? '') : called;
    const report = (line: number, what: string) =>
      findings.push({
        file,
        line,
        message: `${what} must begin with Trueup_: without a namespace it would replace a component of the customer's that has the same name`,
      });
    if (ORG_WIDE.has(element.name) && !prefixed(own)) report(element.line, own);
    if (element.name === 'CustomLabels')
      for (const label of children(element, 'labels'))
        if (!prefixed(textOf(label, 'fullName') ?? '')) report(label.line, `label ${textOf(label, 'fullName') ?? ''}`);
    if (element.name !== 'CustomField') continue;
    if (!object.startsWith('Trueup_') && !called.startsWith('Trueup_')) report(element.line, `field ${object}.${called}`);
    const relation = child(element, 'relationshipName');
    if (relation && !prefixed(relation.text)) report(relation.line, `child relationship ${relation.text}`);
  }
  for (const file of source.files) {
    const standardLayout = /\/(layouts|flexipages)\/([A-Z][A-Za-z]+)-[^/]+\.layout-meta\.xml$/.exec(file);
    if (standardLayout && !standardLayout[2]?.startsWith('Trueup'))
      findings.push({
        file,
        message: `a layout of ${standardLayout[2] ?? ''} would replace the customer's: activate a page for our own app instead`,
      });
    const folder = path.posix.basename(path.posix.dirname(file));
    if (file.includes('/objects/') && folder !== 'objects' && file.endsWith('.object-meta.xml') && !folder.startsWith('Trueup_'))
      findings.push({ file, message: `${folder} is not ours to change` });
  }
  return findings;
}
