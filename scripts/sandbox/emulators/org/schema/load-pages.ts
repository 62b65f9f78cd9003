import { basename } from 'node:path';
import { nodesOf, textOf, textsOf } from './metadata-file.ts';
import type { MetadataFile, XmlNode } from './metadata-file.ts';
import type {
  AppMetadata,
  LayoutMetadata,
  PageMetadata,
  PageRegion,
  PlacedComponent,
  QuickActionMetadata,
  TabMetadata,
} from './page-metadata.ts';

const strip = (file: MetadataFile, suffix: string): string => basename(file.path).replace(`.${suffix}-meta.xml`, '');
const maybe = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

export function loadApplication(file: MetadataFile): AppMetadata {
  const overrides = [...nodesOf(file.body, 'actionOverrides'), ...nodesOf(file.body, 'profileActionOverrides')]
    .filter((node) => (textOf(node, 'type') ?? '').toLowerCase() === 'flexipage')
    .map((node) => ({
      pageOrObject: textOf(node, 'pageOrSobjectType') ?? '',
      page: textOf(node, 'content') ?? '',
      formFactor: textOf(node, 'formFactor') ?? 'Large',
      ...maybe('profile', textOf(node, 'profile')),
    }));
  const brand = nodesOf(file.body, 'brand')[0];
  return {
    name: strip(file, 'app'),
    label: textOf(file.body, 'label') ?? strip(file, 'app'),
    description: textOf(file.body, 'description') ?? null,
    tabs: textsOf(file.body, 'tabs'),
    pageOverrides: overrides,
    ...(brand ? maybe('brandColor', textOf(brand, 'headerColor')) : {}),
  };
}

/** A custom object's tab takes its object's label, given by the caller. */
export function loadTab(file: MetadataFile): TabMetadata {
  const name = strip(file, 'tab');
  return {
    name,
    label: textOf(file.body, 'label') ?? name,
    ...(textOf(file.body, 'customObject') === 'true' ? { object: name } : {}),
    ...maybe('flexiPage', textOf(file.body, 'flexiPage')),
    ...maybe('lwc', textOf(file.body, 'lwcComponent')),
    ...maybe('icon', textOf(file.body, 'motif') ?? textOf(file.body, 'icon')),
  };
}

export function loadPage(file: MetadataFile): PageMetadata {
  const template = nodesOf(file.body, 'template')[0];
  return {
    name: strip(file, 'flexipage'),
    label: textOf(file.body, 'masterLabel') ?? strip(file, 'flexipage'),
    type: textOf(file.body, 'type') ?? 'RecordPage',
    ...maybe('object', textOf(file.body, 'sobjectType')),
    template: template ? (textOf(template, 'name') ?? '') : '',
    regions: nodesOf(file.body, 'flexiPageRegions').map(readRegion),
  };
}

function readRegion(node: XmlNode): PageRegion {
  const items = nodesOf(node, 'itemInstances');
  const instances = [...items.flatMap((item) => nodesOf(item, 'componentInstance')), ...nodesOf(node, 'componentInstances')];
  return {
    name: textOf(node, 'name') ?? '',
    type: textOf(node, 'type') === 'Facet' ? 'Facet' : 'Region',
    components: instances.map(readComponent),
    fields: items
      .flatMap((item) => nodesOf(item, 'fieldInstance'))
      .map((field) => ({
        field: (textOf(field, 'fieldItem') ?? '').replace(/^Record\./, ''),
        behavior: propertiesOf(field, 'fieldInstanceProperties')['uiBehavior'] ?? 'none',
      })),
  };
}

function readComponent(node: XmlNode): PlacedComponent {
  const rule = nodesOf(node, 'visibilityRule')[0];
  return {
    component: textOf(node, 'componentName') ?? '',
    properties: propertiesOf(node, 'componentInstanceProperties'),
    visibility: rule
      ? {
          ...maybe('logic', textOf(rule, 'booleanFilter')),
          criteria: nodesOf(rule, 'criteria').map((one) => ({
            left: textOf(one, 'leftValue') ?? '',
            operator: textOf(one, 'operator') ?? '',
            right: textOf(one, 'rightValue') ?? '',
          })),
        }
      : null,
  };
}

function propertiesOf(node: XmlNode, tag: string): Record<string, string> {
  return Object.fromEntries(
    nodesOf(node, tag).map((property) => {
      const list = nodesOf(property, 'valueList')[0];
      const listed = list
        ? nodesOf(list, 'valueListItems')
            .map((item) => textOf(item, 'value') ?? '')
            .join(',')
        : undefined;
      return [textOf(property, 'name') ?? '', textOf(property, 'value') ?? listed ?? ''];
    }),
  );
}

export function loadQuickAction(file: MetadataFile): QuickActionMetadata {
  const name = strip(file, 'quickAction');
  const height = textOf(file.body, 'height');
  return {
    name,
    label: textOf(file.body, 'label') ?? name,
    type: textOf(file.body, 'type') ?? '',
    ...maybe('object', name.includes('.') ? name.split('.')[0] : undefined),
    ...maybe('lwc', textOf(file.body, 'lightningWebComponent')),
    ...maybe('actionSubtype', textOf(file.body, 'actionSubtype')),
    ...maybe('icon', textOf(file.body, 'icon')),
    ...(height ? { height: Number(height) } : {}),
  };
}

export function loadLayout(file: MetadataFile): LayoutMetadata {
  const name = decodeURIComponent(strip(file, 'layout'));
  const listed = nodesOf(file.body, 'platformActionList').flatMap((list) => nodesOf(list, 'platformActionListItems'));
  return {
    name,
    object: name.split('-')[0] ?? name,
    sections: nodesOf(file.body, 'layoutSections').map((section) => ({
      heading: textOf(section, 'label') ?? '',
      showHeading: textOf(section, 'detailHeading') !== 'false',
      columns: nodesOf(section, 'layoutColumns').map((column) =>
        nodesOf(column, 'layoutItems')
          .filter((item) => textOf(item, 'field'))
          .map((item) => ({ field: textOf(item, 'field') ?? '', behavior: textOf(item, 'behavior') ?? 'Edit' })),
      ),
    })),
    relatedLists: nodesOf(file.body, 'relatedLists').map((list) => ({
      name: textOf(list, 'relatedList') ?? '',
      fields: textsOf(list, 'fields'),
      ...maybe('sortField', textOf(list, 'sortField')),
      ...maybe('sortOrder', textOf(list, 'sortOrder')),
    })),
    quickActions: [
      ...listed.filter((item) => textOf(item, 'actionType') === 'QuickAction').map((item) => textOf(item, 'actionName') ?? ''),
      ...nodesOf(file.body, 'quickActionList')
        .flatMap((list) => nodesOf(list, 'quickActionListItems'))
        .map((item) => textOf(item, 'quickActionName') ?? ''),
    ],
  };
}
