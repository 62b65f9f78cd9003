import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import { components } from '../package/components.ts';
import type { Component } from '../package/components.ts';
import { readPackage } from '../package/source.ts';
import type { MetadataFile, PackageSource } from '../package/source.ts';
import { child, children, everyElement, textOf } from '../package/xml.ts';
import type { XmlElement } from '../package/xml.ts';

export const name = 'page-references';
export const shows = 'pages, quick actions, apps, tabs and layouts name what exists';

const PAGE_TARGETS: Record<string, string> = {
  RecordPage: 'lightning__RecordPage',
  HomePage: 'lightning__HomePage',
  AppPage: 'lightning__AppPage',
};
const SYSTEM_FIELDS = new Set(['OwnerId', 'CreatedById', 'LastModifiedById', 'Name']);

type Report = (at: XmlElement | undefined, message: string) => void;

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const bundles = components(source);
  const findings: Finding[] = [];
  const reporter =
    (file: MetadataFile): Report =>
    (at, message) =>
      findings.push({ file: file.file, line: (at ?? file.root).line, message });
  for (const file of source.ofType('FlexiPage')) checkPage(root, source, bundles, file, reporter(file));
  for (const file of source.ofType('QuickAction')) checkAction(root, bundles, file, reporter(file));
  for (const file of source.ofType('CustomApplication')) checkApp(root, source, file, reporter(file));
  for (const file of source.ofType('Layout')) checkLayout(root, source, file, reporter(file));
  for (const file of source.ofType('CustomTab'))
    if (textOf(file.root, 'customObject') === 'true' && !orgModel(root).object(file.name))
      reporter(file)(file.root, `there is no object ${file.name}`);
  return findings;
}

function checkPage(
  root: string,
  source: PackageSource,
  bundles: Map<string, Component>,
  { root: page }: MetadataFile,
  report: Report,
): void {
  const object = child(page, 'sobjectType');
  if (object && !orgModel(root).object(object.text)) report(object, `there is no object ${object.text}`);
  const target = PAGE_TARGETS[textOf(page, 'type') ?? ''] ?? '';
  const regions = new Set(children(page, 'flexiPageRegions').map((region) => textOf(region, 'name')));
  const identifiers = new Set<string>();
  for (const placed of everyElement(page)) {
    if (placed.name !== 'componentInstance') continue;
    const called = textOf(placed, 'componentName') ?? '';
    const bundle = bundles.get(called.replace(/^c:/, ''));
    if (!called.includes(':') && !bundle) report(placed, `there is no component ${called}`);
    else if (bundle && (!bundle.exposed || !bundle.targets.has(target)))
      report(placed, `${called} does not let itself be placed here: its metadata lacks isExposed or the target ${target}`);
    const identifier = textOf(placed, 'identifier') ?? '';
    if (identifiers.has(identifier)) report(placed, `the identifier ${identifier} is used twice`);
    identifiers.add(identifier);
    for (const property of children(placed, 'componentInstanceProperties')) {
      const value = textOf(property, 'value') ?? '';
      const facet =
        (called === 'flexipage:tab' && textOf(property, 'name') === 'body') ||
        (called === 'flexipage:tabset' && textOf(property, 'name') === 'tabs');
      if (facet && !regions.has(value)) report(property, `there is no region ${value} on this page`);
      if (textOf(property, 'name') === 'actionNames')
        for (const item of everyElement(property)) if (item.name === 'value') checkActionName(source, item, report);
    }
  }
  const permissions = new Set(source.ofType('CustomPermission').map((file) => file.name));
  for (const rule of everyElement(page)) {
    const permission = rule.name === 'leftValue' && /^\{!\$Permission\.(?:CustomPermission\.)?(\w+)\}$/.exec(rule.text)?.[1];
    if (permission && !permissions.has(permission)) report(rule, `there is no custom permission ${permission}`);
  }
}

function checkActionName(source: PackageSource, item: XmlElement, report: Report): void {
  if (item.text.includes('.') && !source.ofType('QuickAction').some((action) => action.name === item.text))
    report(item, `there is no quick action ${item.text}`);
}

function checkAction(root: string, bundles: Map<string, Component>, { name: full, root: action }: MetadataFile, report: Report): void {
  const [object = ''] = full.split('.');
  if (full.includes('.') && !orgModel(root).object(object)) report(action, `there is no object ${object}`);
  const called = child(action, 'lightningWebComponent');
  if (!called) return;
  const bundle = bundles.get(called.text);
  if (!bundle) report(called, `there is no component ${called.text}`);
  else if (!bundle.targets.has('lightning__RecordAction')) report(called, `${called.text} lacks the target lightning__RecordAction`);
  else if (bundle.actionType && bundle.actionType !== textOf(action, 'actionSubtype'))
    report(child(action, 'actionSubtype'), `${called.text} is of actionType ${bundle.actionType}`);
}

function checkApp(root: string, source: PackageSource, { root: app }: MetadataFile, report: Report): void {
  const tabs = new Set(source.ofType('CustomTab').map((file) => file.name));
  const pages = new Set(source.ofType('FlexiPage').map((file) => file.name));
  for (const tab of children(app, 'tabs'))
    if (!tab.text.startsWith('standard-') && !tabs.has(tab.text)) report(tab, `there is no tab ${tab.text}`);
  for (const override of children(app, 'actionOverrides')) {
    const content = child(override, 'content');
    const target = textOf(override, 'pageOrSobjectType') ?? '';
    if (content && !pages.has(content.text)) report(content, `there is no page ${content.text}`);
    if (!target.startsWith('standard-') && !orgModel(root).object(target)) report(override, `there is no object ${target}`);
  }
}

function checkLayout(root: string, source: PackageSource, { name: full, root: layout }: MetadataFile, report: Report): void {
  const model = orgModel(root);
  const object = full.split('-')[0] ?? '';
  if (!model.object(object)) return report(layout, `there is no object ${object}`);
  const shown = new Set<string>();
  for (const item of everyElement(layout)) {
    const field = item.name === 'layoutItems' ? textOf(item, 'field') : undefined;
    if (field === undefined) continue;
    shown.add(field);
    const found = model.field(object, field);
    if (typeof found === 'string') report(item, found);
    else if (found.calculated && textOf(item, 'behavior') !== 'Readonly')
      report(item, `${field} is computed: its behavior must be Readonly`);
    else if (found.required && textOf(item, 'behavior') !== 'Required') report(item, `${field} is required: its behavior must be Required`);
  }
  for (const field of model.object(object)?.fields.values() ?? [])
    if (field.required && !SYSTEM_FIELDS.has(field.name) && !shown.has(field.name))
      report(layout, `${field.name} is required and missing: nobody could save the record`);
  for (const list of children(layout, 'relatedLists')) {
    const [childObject = '', lookup = ''] = (textOf(list, 'relatedList') ?? '').split('.');
    const found = model.field(childObject, lookup);
    if (typeof found === 'string') report(list, found);
    else if (found.refersTo !== object) report(list, `${childObject}.${lookup} does not lead to ${object}`);
    for (const column of children(list, 'fields')) {
      const known = column.text === 'NAME' ? undefined : model.field(childObject, column.text);
      if (typeof known === 'string') report(column, known);
    }
  }
  for (const item of everyElement(layout)) if (item.name === 'actionName') checkActionName(source, item, report);
}
