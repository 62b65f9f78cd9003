import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import { formulaNames } from '../package/formula.ts';
import { readPackage } from '../package/source.ts';
import type { MetadataFile } from '../package/source.ts';
import { child, children, everyElement, textOf } from '../package/xml.ts';

export const name = 'object-references';
export const shows = 'fields, formulas, validation rules, compact layouts and list views name what exists';

/** Columns of list views that stand for system fields. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listview.htm */
const COLUMNS = new Map([
  ['NAME', 'Name'],
  ['CREATED_DATE', 'CreatedDate'],
  ['LAST_UPDATE', 'LastModifiedDate'],
  ['OWNER.ALIAS', 'OwnerId'],
  ['CREATEDBY_USER', 'CreatedById'],
  ['UPDATEDBY_USER', 'LastModifiedById'],
]);
/** Elements a field of this type cannot do without, beyond what the schema says. */
const NEEDED: Record<string, string[]> = {
  Checkbox: ['defaultValue'],
  Currency: ['precision', 'scale'],
  Lookup: ['referenceTo', 'relationshipName'],
  LongTextArea: ['length', 'visibleLines'],
  MasterDetail: ['referenceTo', 'relationshipName'],
  Number: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Summary: ['summaryForeignKey', 'summaryOperation'],
  Text: ['length'],
};

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const model = orgModel(root);
  const permissions = new Set(source.ofType('CustomPermission').map((file) => file.name));
  const findings: Finding[] = [];
  const report = (file: MetadataFile, line: number | undefined, message: string) => findings.push({ file: file.file, line, message });
  const field = (file: MetadataFile, object: string, path: string, line: number | undefined, where: string) => {
    const found = model.field(object, path);
    if (typeof found === 'string') report(file, line, `${where}: ${found}`);
    return typeof found === 'string' ? undefined : found;
  };
  const formula = (file: MetadataFile, element: string) => {
    const at = child(file.root, element);
    for (const named of at ? formulaNames(at.text) : []) {
      if (named.kind === 'field') field(file, file.object, named.path, at?.line, 'the formula');
      else if (named.kind === 'permission' && !permissions.has(named.name))
        report(file, at?.line, `the formula: there is no custom permission ${named.name}`);
    }
  };

  for (const file of source.metadata) {
    const full = textOf(file.root, 'fullName');
    if (full !== undefined && full !== file.name)
      report(file, child(file.root, 'fullName')?.line, `fullName is ${full}, the file is ${file.name}`);
  }
  for (const file of source.ofType('CustomField')) {
    const type = textOf(file.root, 'type') ?? '';
    const formulaOrSummary = child(file.root, 'formula') ?? child(file.root, 'summarizedField');
    for (const needed of NEEDED[type] ?? [])
      if (!child(file.root, needed) && !formulaOrSummary) report(file, file.root.line, `a ${type} field needs <${needed}>`);
    const target = textOf(file.root, 'referenceTo');
    if (target && !model.object(target)) report(file, child(file.root, 'referenceTo')?.line, `there is no object ${target}`);
    formula(file, 'formula');
    for (const element of everyElement(file.root)) {
      const summarised =
        element.name === 'summarizedField' ||
        element.name === 'summaryForeignKey' ||
        (element.name === 'field' && file.root.name === 'CustomField');
      const [object = '', ...path] = element.text.split('.');
      if (summarised) field(file, object, path.join('.'), element.line, 'the roll-up');
    }
  }
  for (const file of source.ofType('ValidationRule')) {
    formula(file, 'errorConditionFormula');
    const shown = child(file.root, 'errorDisplayField');
    if (shown) field(file, file.object, shown.text, shown.line, 'errorDisplayField');
  }
  for (const file of source.ofType('CompactLayout'))
    for (const at of children(file.root, 'fields')) field(file, file.object, at.text, at.line, 'the compact layout');
  for (const file of source.ofType('CustomObject')) {
    const assigned = child(file.root, 'compactLayoutAssignment');
    const exists = source.ofType('CompactLayout').some((layout) => layout.object === file.name && layout.name === assigned?.text);
    if (assigned && assigned.text !== 'SYSTEM' && !exists) report(file, assigned.line, `there is no compact layout ${assigned.text}`);
  }
  for (const file of source.ofType('ListView')) {
    for (const at of children(file.root, 'columns')) field(file, file.object, COLUMNS.get(at.text) ?? at.text, at.line, 'the list view');
    for (const filter of children(file.root, 'filters')) {
      const at = child(filter, 'field');
      const found = at && field(file, file.object, COLUMNS.get(at.text) ?? at.text, at.line, 'the filter');
      const wrong = found?.values && (textOf(filter, 'value') ?? '').split(',').find((value) => !found.values?.has(value.trim()));
      if (wrong) report(file, at?.line, `the filter: "${wrong}" is not a value of ${found?.name ?? ''}`);
    }
  }
  return findings;
}
