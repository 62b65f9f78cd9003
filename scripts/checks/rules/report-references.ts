import path from 'node:path';
import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import type { OrgModel } from '../org/org-model.ts';
import { readPackage } from '../package/source.ts';
import type { MetadataFile } from '../package/source.ts';
import { child, children, everyElement, textOf } from '../package/xml.ts';
import type { XmlElement } from '../package/xml.ts';

export const name = 'report-references';
export const shows = 'report types, reports and dashboards name fields, relations and reports that exist';

/** Pseudo fields of report types: the owner stands for a record, not an id. */
const ALIASES = new Map([['Owner', 'OwnerId']]);

type Report = (at: XmlElement | undefined, message: string) => void;

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const model = orgModel(root);
  const findings: Finding[] = [];
  const reporter =
    (file: MetadataFile): Report =>
    (at, message) =>
      findings.push({ file: file.file, line: (at ?? file.root).line, message });
  const types = new Map(source.ofType('ReportType').map((file) => [file.name, file.root]));
  for (const file of source.ofType('ReportType')) checkType(model, file.root, reporter(file));
  for (const file of source.ofType('Report')) checkReport(model, types, file.root, reporter(file));
  const reports = new Set(source.ofType('Report').map((file) => `${path.posix.basename(path.posix.dirname(file.file))}/${file.name}`));
  for (const file of source.ofType('Dashboard'))
    for (const element of everyElement(file.root))
      if (element.name === 'report' && !reports.has(element.text)) reporter(file)(element, `there is no report ${element.text}`);
  return findings;
}

/** The object a table such as `Trueup_Invoice__c.Trueup_Lines__r` stands for. */
function tableObject(model: OrgModel, table: string): string | undefined {
  const [base = '', ...relations] = table.split('.');
  return relations.reduce<string | undefined>(
    (object, relation) => (object ? model.object(object)?.childRelationships.get(relation.toLowerCase()) : undefined),
    model.object(base)?.name,
  );
}

function checkColumn(model: OrgModel, table: string, field: string, at: XmlElement, report: Report): void {
  const object = tableObject(model, table);
  const found = object && model.field(object, ALIASES.get(field) ?? field);
  if (!object) report(at, `there is no table ${table}`);
  else if (typeof found === 'string') report(at, found);
}

function checkType(model: OrgModel, type: XmlElement, report: Report): void {
  const base = textOf(type, 'baseObject') ?? '';
  if (!model.object(base)) report(child(type, 'baseObject'), `there is no object ${base}`);
  const join = child(type, 'join');
  const joined = join && textOf(join, 'relationship');
  if (joined && !tableObject(model, `${base}.${joined}`)) report(join, `${base} has no child relationship ${joined}`);
  for (const section of children(type, 'sections'))
    for (const column of children(section, 'columns'))
      checkColumn(model, textOf(column, 'table') ?? '', textOf(column, 'field') ?? '', column, report);
}

function checkReport(model: OrgModel, types: Map<string, XmlElement>, report_: XmlElement, report: Report): void {
  const type = types.get((textOf(report_, 'reportType') ?? '').replace(/__c$/, ''));
  if (!type) return report(child(report_, 'reportType'), `there is no report type ${textOf(report_, 'reportType') ?? ''}`);
  const offered = new Set(
    children(type, 'sections').flatMap((section) =>
      children(section, 'columns').map((column) => `${textOf(column, 'table') ?? ''}$${textOf(column, 'field') ?? ''}`),
    ),
  );
  for (const element of everyElement(report_)) {
    if (!['field', 'column', 'dateColumn'].includes(element.name) || element.text === '') continue;
    const [table = '', field = ''] = element.text.split('$');
    if (!offered.has(element.text)) report(element, `the report type offers no column ${element.text}`);
    else checkColumn(model, table, field, element, report);
  }
}
