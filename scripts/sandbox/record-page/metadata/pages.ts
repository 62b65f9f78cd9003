import { apiName, children, readXml, text, type Xml } from './xml.ts';

/** When something on a page is shown: criteria joined by `logic` (`1 AND (2 OR 3)`), all of them when absent. */
export interface Visibility {
  logic?: string;
  criteria: { left: string; operator: string; right: string }[];
}

/** An entry of a list property, such as an action of the highlights panel. */
export interface ListedValue {
  value: string;
  visibility?: Visibility;
}

export interface PlacedComponent {
  /** `force:detailPanel`, or the module name of one of our components. */
  name: string;
  identifier: string;
  /** Our own component: rendered as `c/<name>`. */
  custom: boolean;
  properties: Record<string, string | ListedValue[]>;
  visibility?: Visibility;
}

export interface PlacedField {
  field: string;
  behavior: string;
}

export interface PageRegion {
  /** Shown where a component of another region names it, such as the body of a tab. */
  facet: boolean;
  components: PlacedComponent[];
  fields: PlacedField[];
}

export interface Page {
  name: string;
  label: string;
  type: string;
  objectApiName?: string;
  template: string;
  /** Regions and facets by name. */
  regions: Record<string, PageRegion>;
}

/** What the page can draw; `shown as a note` are Salesforce's own that have no meaning without an org. */
const DRAWN = new Set([
  'force:highlightsPanel',
  'force:detailPanel',
  'force:relatedListContainer',
  'force:relatedListSingleContainer',
  'flexipage:tabset',
  'flexipage:tab',
  'flexipage:richText',
  'flexipage:fieldSection',
  'flexipage:column',
  'flexipage:filterListCard',
  'home:recentRecordContainer',
]);
const NOTED = new Set([
  'home:assistant',
  'home:eventContainer',
  'home:topDealsContainer',
  'runtime_sales_activities:todayTaskContainer',
  'runtime_sales_activities:activityPanel',
  'forceChatter:recordFeedContainer',
  'desktopDashboards:embeddedDashboard',
  'flexipage:reportChart',
  'force:recordDetailPanelMobile',
]);

/** Reads a `.flexipage-meta.xml`. Throws for a component the sandbox cannot draw, naming the file. */
export function readPage(file: string): Page {
  const root = readXml(file);
  const object = text(root, 'sobjectType');
  const template = children(root, 'template')[0] ?? '';
  return {
    name: apiName(file),
    label: text(root, 'masterLabel') ?? apiName(file),
    type: text(root, 'type') ?? 'RecordPage',
    ...(object ? { objectApiName: object } : {}),
    template: text(template, 'name') ?? '',
    regions: Object.fromEntries(children(root, 'flexiPageRegions').map((region) => [text(region, 'name') ?? '', readRegion(region, file)])),
  };
}

function readRegion(region: Xml, file: string): PageRegion {
  const items = children(region, 'itemInstances');
  return {
    facet: text(region, 'type') === 'Facet',
    components: items.flatMap((item) => children(item, 'componentInstance')).map((instance) => readComponent(instance, file)),
    fields: items
      .flatMap((item) => children(item, 'fieldInstance'))
      .map((field) => ({
        field: (text(field, 'fieldItem') ?? '').replace(/^Record\./, ''),
        behavior: String(readProperties(field, 'fieldInstanceProperties').uiBehavior ?? 'none'),
      })),
  };
}

function readComponent(instance: Xml, file: string): PlacedComponent {
  const written = text(instance, 'componentName') ?? '';
  const name = written.replace(/^c:/, '');
  const custom = !name.includes(':');
  if (!custom && !DRAWN.has(name) && !NOTED.has(name)) {
    throw new Error(`${file}: the sandbox cannot draw ${name}. Teach scripts/sandbox/record-page to, or place something else.`);
  }
  return {
    name,
    custom,
    identifier: text(instance, 'identifier') ?? name,
    properties: readProperties(instance, 'componentInstanceProperties'),
    ...visibilityOf(instance),
  };
}

function readProperties(node: Xml, tag: string): Record<string, string | ListedValue[]> {
  return Object.fromEntries(
    children(node, tag).map((property) => {
      const [list] = children(property, 'valueList');
      const listed =
        list === undefined
          ? undefined
          : children(list, 'valueListItems').map((item) => ({ value: text(item, 'value') ?? '', ...visibilityOf(item) }));
      return [text(property, 'name') ?? '', listed ?? text(property, 'value') ?? ''];
    }),
  );
}

function visibilityOf(node: Xml): { visibility?: Visibility } {
  const [rule] = children(node, 'visibilityRule');
  if (rule === undefined) return {};
  const logic = text(rule, 'booleanFilter');
  const criteria = children(rule, 'criteria').map((one) => ({
    left: text(one, 'leftValue') ?? '',
    operator: text(one, 'operator') ?? 'EQUAL',
    right: text(one, 'rightValue') ?? '',
  }));
  return { visibility: { ...(logic ? { logic } : {}), criteria } };
}
