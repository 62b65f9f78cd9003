import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRegistry, registryModule } from './registry.ts';

const TEST_PACKAGE = path.resolve(import.meta.dirname, '../modules/test-package');
const FORCE_APP = path.resolve(import.meta.dirname, '../../../../force-app');

describe('a package read for the page', () => {
  const registry = readRegistry([TEST_PACKAGE]);

  test('apps, tabs and the pages they activate', () => {
    expect(registry.apps).toEqual([
      {
        name: 'Bills',
        label: 'Bills',
        description: 'Bills of the test package.',
        color: '#0B5CAB',
        tabs: ['standard-home', 'standard-Account', 'Bill__c', 'standard-report'],
        pages: { Account: 'Account_Page', 'standard-home': 'Bills_Home' },
      },
    ]);
    expect(registry.tabs).toEqual({ Bill__c: { name: 'Bill__c', objectApiName: 'Bill__c', icon: 'custom:custom18' } });
  });

  test('regions, facets, design attributes and visibility rules of a page', () => {
    const regions = registry.pages.Account_Page?.regions ?? {};
    expect(Object.entries(regions).map(([name, { facet }]) => `${name}${facet ? ' (facet)' : ''}`)).toEqual([
      'header',
      'relatedTab (facet)',
      'detailTab (facet)',
      'tabs (facet)',
      'main',
      'sidebar',
    ]);
    expect(regions.header?.components[0]?.properties.actionNames).toEqual([
      {
        value: 'Account.Make_Bill',
        visibility: { criteria: [{ left: '{!$Permission.CustomPermission.Make_Bills}', operator: 'EQUAL', right: 'true' }] },
      },
      { value: 'Edit' },
      { value: 'Delete' },
    ]);
    expect(regions.sidebar?.components[0]).toMatchObject({
      name: 'billCard',
      custom: true,
      properties: { heading: 'Bills of this account' },
    });
    expect(registry.pages.Bills_Home?.regions.bottomRight?.components[0]?.visibility?.criteria).toHaveLength(1);
  });

  test('actions, layouts, list views and compact layouts, with labels for what the platform abbreviates', () => {
    expect(registry.actions).toEqual({
      'Account.Make_Bill': { name: 'Account.Make_Bill', label: 'Make Bill', component: 'billMaker', headless: false, size: 'Large' },
    });
    expect(registry.layouts.Bill__c?.sections[0]?.columns[0]?.[0]).toEqual({ field: 'Name', editable: true, required: true });
    expect(registry.listViews.Bill__c?.map(({ name }) => name)).toEqual(['All', 'Open']);
    expect(registry.listViews.Bill__c?.[0]?.fields).toEqual(['Name', 'Account__c', 'Status__c', 'Due__c', 'Total__c', 'Owner.Alias']);
    expect(registry.compactLayouts).toEqual({ Bill__c: ['Name', 'Status__c', 'Total__c', 'Account__c'] });
    expect(registry.labels.get('Bill_Made')).toBe('The bill & its lines were made.');
  });

  test('imports every placed component lazily, and no other', () => {
    expect(registryModule(registry).match(/import\("c\/\w+"\)/g)).toEqual(['import("c/billCard")', 'import("c/billMaker")']);
  });
});

describe('our own package', () => {
  const registry = readRegistry([path.join(FORCE_APP, 'main'), path.join(FORCE_APP, 'extensions/orders')]);

  test('every page an app activates, every action a page names and every tab of an app exists', () => {
    for (const app of registry.apps) {
      for (const page of Object.values(app.pages)) expect(registry.pages).toHaveProperty([page]);
      for (const tab of app.tabs) if (!tab.startsWith('standard-')) expect(registry.tabs).toHaveProperty([tab]);
    }
    const named = Object.values(registry.pages)
      .flatMap((page) => Object.values(page.regions).flatMap((region) => region.components))
      .flatMap(({ properties }) => (Array.isArray(properties.actionNames) ? properties.actionNames : []))
      .map(({ value }) => value);
    expect(named.length).toBeGreaterThan(5);
    for (const action of named) if (!['Edit', 'Delete', 'Clone'].includes(action)) expect(registry.actions).toHaveProperty([action]);
  });
});
