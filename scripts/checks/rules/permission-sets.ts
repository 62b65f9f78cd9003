import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import { readPackage } from '../package/source.ts';
import type { MetadataFile, PackageSource } from '../package/source.ts';
import { child, children, textOf } from '../package/xml.ts';
import type { XmlElement } from '../package/xml.ts';

export const name = 'permission-sets';
export const shows = 'permission sets deploy, name what exists and give no more than they should';

/** Rights over every record of the org, which nothing of ours needs. */
const TOO_WIDE = new Set(['ViewAllData', 'ModifyAllData', 'ManageUsers', 'CustomizeApplication', 'AuthorApex', 'ManageSharing']);

type Report = (at: XmlElement | undefined, message: string) => void;

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const findings: Finding[] = [];
  for (const file of source.ofType('PermissionSet')) {
    const report: Report = (at, message) => findings.push({ file: file.file, line: (at ?? file.root).line, message });
    checkFields(root, file, report);
    checkObjects(root, file, report);
    checkNames(source, file, report);
    checkCredential(source, file, report);
  }
  return findings;
}

function checkFields(root: string, { root: set }: MetadataFile, report: Report): void {
  const model = orgModel(root);
  for (const right of children(set, 'fieldPermissions')) {
    const [object = '', ...path] = (textOf(right, 'field') ?? '').split('.');
    const field = model.field(object, path.join('.'));
    if (typeof field === 'string') report(right, field);
    else if (field.required)
      report(
        right,
        `${object}.${field.name} is required or master-detail: its rights come with the object and listing it fails the deployment`,
      );
    else if (field.calculated && textOf(right, 'editable') === 'true')
      report(right, `${object}.${field.name} is computed and cannot be editable`);
  }
}

function checkObjects(root: string, { root: set }: MetadataFile, report: Report): void {
  const model = orgModel(root);
  for (const right of children(set, 'objectPermissions')) {
    const object = model.object(textOf(right, 'object') ?? '');
    const given = (name: string) => textOf(right, name) === 'true';
    if (!object) report(right, `there is no object ${textOf(right, 'object') ?? ''}`);
    else if (!object.ours && ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords'].some(given))
      report(right, `${object.name} is not ours: a permission set of Trueup gives at most Read and View All on it`);
    // https://developer.salesforce.com/docs/platform/object-reference/references/standard-objects/object-objectpermissions.html
    if (given('modifyAllRecords') && !['allowEdit', 'allowDelete', 'viewAllRecords'].every(given))
      report(right, 'Modify All needs Edit, Delete and View All: without one of them the deployment fails');
    if (!given('allowRead') && right.elements.some(({ text }) => text === 'true')) report(right, 'every right on an object needs Read');
  }
  for (const right of children(set, 'userPermissions'))
    if (TOO_WIDE.has(textOf(right, 'name') ?? '')) report(right, `${textOf(right, 'name') ?? ''} reaches every record of the org`);
}

/** Kinds of component a permission set names, and where each name stands. */
const NAMED: { element: string; holds: string; type: string; label: string }[] = [
  { element: 'classAccesses', holds: 'apexClass', type: 'ApexClass', label: 'Apex class' },
  { element: 'customPermissions', holds: 'name', type: 'CustomPermission', label: 'custom permission' },
  { element: 'applicationVisibilities', holds: 'application', type: 'CustomApplication', label: 'app' },
  { element: 'tabSettings', holds: 'tab', type: 'CustomTab', label: 'tab' },
  { element: 'customMetadataTypeAccesses', holds: 'name', type: 'CustomObject', label: 'custom metadata type' },
  { element: 'flowAccesses', holds: 'flow', type: 'Flow', label: 'flow' },
];

function checkNames(source: PackageSource, { root: set }: MetadataFile, report: Report): void {
  for (const { element, holds, type, label } of NAMED) {
    const existing = new Set(source.ofType(type).map((file) => file.name));
    for (const right of children(set, element)) {
      const named = textOf(right, holds) ?? '';
      if (!existing.has(named) && !named.startsWith('standard-')) report(right, `there is no ${label} ${named}`);
    }
  }
}

function checkCredential(source: PackageSource, { root: set }: MetadataFile, report: Report): void {
  const principals = new Set(
    source
      .ofType('ExternalCredential')
      .flatMap((file) =>
        children(file.root, 'externalCredentialParameters').flatMap((parameter) =>
          textOf(parameter, 'parameterType')?.endsWith('Principal') ? [`${file.name}-${textOf(parameter, 'parameterName') ?? ''}`] : [],
        ),
      ),
  );
  const granted = children(set, 'externalCredentialPrincipalAccesses');
  for (const right of granted) {
    const named = textOf(right, 'externalCredentialPrincipal') ?? '';
    if (!principals.has(named)) report(right, `there is no principal ${named} of an external credential`);
  }
  const reads = children(set, 'objectPermissions').some(
    (right) => textOf(right, 'object') === 'UserExternalCredential' && textOf(right, 'allowRead') === 'true',
  );
  if (granted.length > 0 && !reads)
    report(
      child(set, 'externalCredentialPrincipalAccesses'),
      'it grants a principal, so it must grant Read on UserExternalCredential too: without it every callout fails',
    );
}
