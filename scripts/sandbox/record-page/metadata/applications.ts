import { apiName, children, readXml, text, texts } from './xml.ts';

/** A Lightning app: its tabs, and the pages it activates by object (`standard-home`: its home). */
export interface App {
  name: string;
  label: string;
  description: string;
  color: string;
  tabs: string[];
  pages: Record<string, string>;
}

/** A tab; `standard-Account` and custom objects open a list, the others one page or component. */
export interface Tab {
  name: string;
  label?: string;
  objectApiName?: string;
  page?: string;
  component?: string;
  icon?: string;
}

/** Reads a `.app-meta.xml`. Only pages for the desktop count; those activated for one profile count as for all. */
export function readApp(file: string): App {
  const root = readXml(file);
  const overrides = [...children(root, 'actionOverrides'), ...children(root, 'profileActionOverrides')].filter(
    (one) => text(one, 'type')?.toLowerCase() === 'flexipage' && (text(one, 'formFactor') ?? 'Large') === 'Large',
  );
  const brand = children(root, 'brand')[0] ?? '';
  return {
    name: apiName(file),
    label: text(root, 'label') ?? apiName(file),
    description: text(root, 'description') ?? '',
    color: text(brand, 'headerColor') ?? '#0176d3',
    tabs: texts(root, 'tabs'),
    pages: Object.fromEntries(overrides.map((one) => [text(one, 'pageOrSobjectType') ?? '', text(one, 'content') ?? ''])),
  };
}

/** Reads a `.tab-meta.xml`. */
export function readTab(file: string): Tab {
  const root = readXml(file);
  const [label, page, component] = [text(root, 'label'), text(root, 'flexiPage'), text(root, 'lwcComponent')];
  // A motif such as "Custom18: Form" names the icon custom:custom18.
  const icon = /^Custom(\d+):/.exec(text(root, 'motif') ?? '')?.[1];
  return {
    name: apiName(file),
    ...(label ? { label } : {}),
    ...(text(root, 'customObject') === 'true' ? { objectApiName: apiName(file) } : {}),
    ...(page ? { page } : {}),
    ...(component ? { component } : {}),
    ...(icon ? { icon: `custom:custom${icon}` } : {}),
  };
}
