import { findPackageFiles } from '../build/package-files.ts';
import { readApp, readTab, type App, type Tab } from './applications.ts';
import { assignedCompactLayout, readCompactLayout, readLayout, readListView, type Layout, type ListView } from './layouts.ts';
import { readPage, type Page } from './pages.ts';
import { readQuickAction, type QuickAction } from './quick-actions.ts';
import { apiName, children, readXml, text } from './xml.ts';

/** Everything about the user interface the package ships, by API name. */
export interface Registry {
  apps: App[];
  tabs: Record<string, Tab>;
  pages: Record<string, Page>;
  actions: Record<string, QuickAction>;
  layouts: Record<string, Layout>;
  /** Fields of the assigned compact layout, by object. */
  compactLayouts: Record<string, string[]>;
  /** List views by object, sorted by label. */
  listViews: Record<string, ListView[]>;
  labels: Map<string, string>;
}

/** Reads the package directories. Throws, naming the file, for what the page cannot draw. */
export function readRegistry(packageDirs: string[]): Registry {
  const each = <T>(suffix: string, read: (file: string) => T) => findPackageFiles(packageDirs, `.${suffix}-meta.xml`).map(read);
  return {
    apps: each('app', readApp),
    tabs: byKey(each('tab', readTab), 'name'),
    pages: byKey(each('flexipage', readPage), 'name'),
    actions: byKey(each('quickAction', readQuickAction), 'name'),
    layouts: byKey(each('layout', readLayout), 'objectApiName'),
    compactLayouts: assignedCompactLayouts(packageDirs),
    listViews: groupBy(
      each('listView', readListView).sort((a, b) => a.label.localeCompare(b.label)),
      'objectApiName',
    ),
    labels: new Map(each('labels', readLabels).flat()),
  };
}

/** Source of the module `@sandbox/registry`: the registry as data, and a lazy import for every component it places. */
export function registryModule(registry: Registry): string {
  const { labels: _, ...data } = registry;
  const placed = Object.values(registry.pages).flatMap((page) =>
    Object.values(page.regions).flatMap((region) => region.components.filter((one) => one.custom)),
  );
  const names = new Set([
    ...placed.map((one) => one.name),
    ...Object.values(registry.actions).map((action) => action.component),
    ...Object.values(registry.tabs).flatMap((tab) => tab.component ?? []),
  ]);
  const imports = [...names].sort().map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(`c/${name}`)})`);
  return `export const registry = ${JSON.stringify(data)};\nexport const components = {\n${imports.join(',\n')}\n};`;
}

function readLabels(file: string): [string, string][] {
  return children(readXml(file), 'labels').map((label) => [text(label, 'fullName') ?? '', text(label, 'value') ?? '']);
}

function assignedCompactLayouts(packageDirs: string[]): Record<string, string[]> {
  const layouts = findPackageFiles(packageDirs, '.compactLayout-meta.xml').map(readCompactLayout);
  return Object.fromEntries(
    findPackageFiles(packageDirs, '.object-meta.xml').flatMap((file) => {
      const assigned = layouts.find((one) => one.objectApiName === apiName(file) && one.name === assignedCompactLayout(file));
      return assigned ? [[assigned.objectApiName, assigned.fields]] : [];
    }),
  );
}

function byKey<T>(items: T[], key: keyof T): Record<string, T> {
  return Object.fromEntries(items.map((item) => [String(item[key]), item]));
}

function groupBy<T>(items: T[], key: keyof T): Record<string, T[]> {
  const groups: Record<string, T[]> = {};
  for (const item of items) (groups[String(item[key])] ??= []).push(item);
  return groups;
}
