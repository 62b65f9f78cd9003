import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { MetadataRecord } from '../data.ts';
import type { ExternalCredential } from '../routes/credentials-store.ts';
import { loadExternalCredential } from './load-credentials.ts';
import { loadField } from './load-field.ts';
import { addField, loadCompactLayout, loadListView, loadObject, loadValidationRule } from './load-object.ts';
import { loadApplication, loadLayout, loadPage, loadQuickAction, loadTab } from './load-pages.ts';
import { loadPermissionSet } from './load-permissions.ts';
import { nodesOf, parsingOnce, readMetadata, textOf } from './metadata-file.ts';
import type { MetadataFile, SchemaProblem } from './metadata-file.ts';
import type { ListView, OrgField, OrgObject, PermissionGrant, ValidationRule } from './model.ts';
import type { AppMetadata, LayoutMetadata, PageMetadata, QuickActionMetadata, TabMetadata } from './page-metadata.ts';

/** All the package's directories hold, before it is joined with the standard objects. */
export interface PackageContents {
  objects: Map<string, OrgObject>;
  /** Parts of objects by lower-case object name: for standard objects too. */
  fields: { object: string; field: OrgField }[];
  rules: { object: string; rule: ValidationRule }[];
  listViews: { object: string; view: ListView }[];
  compactLayouts: { object: string; fields: string[] }[];
  permissionSets: PermissionGrant[];
  labels: Map<string, string>;
  customPermissions: Map<string, string>;
  records: MetadataRecord[];
  applications: AppMetadata[];
  tabs: TabMetadata[];
  pages: PageMetadata[];
  quickActions: QuickActionMetadata[];
  layouts: LayoutMetadata[];
  externalCredentials: ExternalCredential[];
  problems: SchemaProblem[];
}

/** Metadata that changes nothing the org itself does: components, code (run by the Apex and flow runner), reports. */
const ELSEWHERE = new Set([
  'cls',
  'flow',
  'js',
  'report',
  'reportType',
  'reportFolder',
  'dashboard',
  'dashboardFolder',
  'asset',
  'resource',
  'namedCredential',
  'remoteSite',
  'cspTrustedSite',
  'messageChannel',
  'webLink',
  'flowDefinition',
  'testSuite',
  'eca',
  'notiftype',
]);

type Loader = (contents: PackageContents, file: MetadataFile) => void;

const objectOf = (file: MetadataFile): string => basename(dirname(dirname(file.path)));

const LOADERS: Record<string, Loader> = {
  object: (contents, file) => {
    const object = loadObject(file, contents.problems);
    if (object) contents.objects.set(object.name.toLowerCase(), object);
  },
  field: (contents, file) => {
    const field = loadField(file, contents.problems);
    if (field) contents.fields.push({ object: objectOf(file), field });
  },
  validationRule: (contents, file) => {
    const rule = loadValidationRule(file);
    if (rule) contents.rules.push({ object: objectOf(file), rule });
  },
  listView: (contents, file) => contents.listViews.push({ object: objectOf(file), view: loadListView(file) }),
  compactLayout: (contents, file) => contents.compactLayouts.push({ object: objectOf(file), fields: loadCompactLayout(file) }),
  permissionset: (contents, file) => contents.permissionSets.push(loadPermissionSet(file, contents.problems)),
  labels: (contents, file) => {
    for (const node of nodesOf(file.body, 'labels')) contents.labels.set(textOf(node, 'fullName') ?? '', textOf(node, 'value') ?? '');
  },
  customPermission: (contents, file) =>
    contents.customPermissions.set(basename(file.path).split('.')[0] ?? '', textOf(file.body, 'label') ?? ''),
  md: (contents, file) => contents.records.push(loadRecord(file)),
  app: (contents, file) => contents.applications.push(loadApplication(file)),
  tab: (contents, file) => contents.tabs.push(loadTab(file)),
  flexipage: (contents, file) => contents.pages.push(loadPage(file)),
  quickAction: (contents, file) => contents.quickActions.push(loadQuickAction(file)),
  layout: (contents, file) => contents.layouts.push(loadLayout(file)),
  externalCredential: (contents, file) => contents.externalCredentials.push(loadExternalCredential(file)),
};

/** Reads every metadata file of several package directories. Problems are collected, not thrown. */
export function loadPackage(directories: string[]): PackageContents {
  const contents: PackageContents = {
    objects: new Map(),
    fields: [],
    rules: [],
    listViews: [],
    compactLayouts: [],
    permissionSets: [],
    labels: new Map(),
    customPermissions: new Map(),
    records: [],
    applications: [],
    tabs: [],
    pages: [],
    quickActions: [],
    layouts: [],
    externalCredentials: [],
    problems: [],
  };
  const known = directories.flatMap(metadataFiles).filter((path) => !ELSEWHERE.has(kindOf(path)));
  parsingOnce(
    known.filter((path) => LOADERS[kindOf(path)]),
    () => {
      for (const path of known) loadFile(contents, path);
    },
  );
  for (const object of contents.objects.values()) joinParts(contents, object);
  return contents;
}

const kindOf = (path: string): string => /\.([A-Za-z]+)-meta\.xml$/.exec(path)?.[1] ?? '';

function loadFile(contents: PackageContents, path: string): void {
  const loader = LOADERS[kindOf(path)];
  if (!loader) {
    contents.problems.push({ file: path, line: 1, message: `the local org does not support metadata of type .${kindOf(path)}` });
    return;
  }
  try {
    loader(contents, readMetadata(path));
  } catch (error) {
    const { problem } = error as { problem?: SchemaProblem };
    if (!problem) throw error;
    contents.problems.push(problem);
  }
}

function joinParts(contents: PackageContents, object: OrgObject): void {
  for (const part of contents.fields) if (part.object === object.name) addField(object, part.field);
}

function metadataFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('-meta.xml') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function loadRecord(file: MetadataFile): MetadataRecord {
  const [type = '', name = ''] = basename(file.path).replace('.md-meta.xml', '').split('.');
  const values = Object.fromEntries(
    nodesOf(file.body, 'values').map((node) => [textOf(node, 'field') ?? '', textOf(node, 'value') ?? null]),
  );
  return {
    type: `${type}__mdt`,
    name: `${type}.${name}`,
    label: textOf(file.body, 'label') ?? name,
    values: { DeveloperName: name, MasterLabel: textOf(file.body, 'label') ?? name, ...values },
  };
}
