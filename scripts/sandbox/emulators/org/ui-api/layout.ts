import type { Rights } from '../access/rights.ts';
import type { OrgObject } from '../schema/model.ts';
import type { LayoutMetadata, LayoutSection } from '../schema/page-metadata.ts';

const HIDDEN = new Set(['Id', 'IsDeleted', 'SystemModstamp', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById']);

/** The package's layout of an object; objects without one show all their fields in two columns. */
export function layoutOf(layouts: LayoutMetadata[], object: OrgObject): LayoutSection[] {
  const packaged = layouts.find((layout) => layout.object === object.name);
  if (packaged) return packaged.sections;
  const names = [...object.fields.values()]
    .filter((field) => !HIDDEN.has(field.name) && field.compound === undefined)
    .map((field) => ({ field: field.name, behavior: field.updateable ? 'Edit' : 'Readonly' }));
  return [
    {
      heading: `${object.label} Information`,
      showHeading: true,
      columns: [names.filter((_one, index) => index % 2 === 0), names.filter((_one, index) => index % 2 === 1)],
    },
  ];
}

/** Fields a layout (or the compact one) shows, canonical names. */
export function layoutFields(layouts: LayoutMetadata[], object: OrgObject, type: string): string[] {
  const names =
    type === 'Compact'
      ? ['Name', ...object.compactLayout]
      : [...layoutOf(layouts, object).flatMap((section) => section.columns.flat().map((item) => item.field)), ...object.compactLayout];
  return [...new Set(names.flatMap((name) => object.fields.get(name.toLowerCase())?.name ?? []))];
}

/** `GET /ui-api/layout/X`. Shape recorded in LWC Recipes' create defaults. */
export function layoutBody(
  layouts: LayoutMetadata[],
  object: OrgObject,
  rights: Rights,
  type: string,
  mode: string,
): Record<string, unknown> {
  const sections =
    type === 'Compact'
      ? [{ heading: '', showHeading: false, columns: [object.compactLayout.map((field) => ({ field, behavior: 'Readonly' }))] }]
      : layoutOf(layouts, object);
  return {
    eTag: `${object.name}-${type}-${mode}`,
    id: `00h${object.keyPrefix}000000000AAA`,
    layoutType: type,
    mode,
    objectApiName: object.name,
    recordTypeId: '012000000000000AAA',
    saveOptions: [],
    sections: sections.map((section, index) => sectionBody(object, rights, section, index)),
  };
}

function sectionBody(object: OrgObject, rights: Rights, section: LayoutSection, index: number): Record<string, unknown> {
  const columns = section.columns.map((column) =>
    column.filter((item) => {
      const field = object.fields.get(item.field.toLowerCase());
      return field && rights.readField(object, field);
    }),
  );
  const rows = Math.max(0, ...columns.map((column) => column.length));
  const layoutRows = Array.from({ length: rows }, (_unused, row) => ({
    layoutItems: columns.map((column) => itemBody(object, rights, column[row])),
  }));
  return {
    collapsible: true,
    columns: columns.length,
    heading: section.heading,
    id: `01B${object.keyPrefix}${String(index).padStart(9, '0')}AAA`,
    layoutRows,
    rows,
    useHeading: section.showHeading,
  };
}

function itemBody(object: OrgObject, rights: Rights, item: { field: string; behavior: string } | undefined): Record<string, unknown> {
  const field = item && object.fields.get(item.field.toLowerCase());
  if (!item || !field)
    return {
      editableForNew: false,
      editableForUpdate: false,
      label: '',
      layoutComponents: [{ apiName: null, componentType: 'EmptySpace' }],
      lookupIdApiName: null,
      required: false,
      sortable: false,
    };
  const editable = item.behavior !== 'Readonly' && rights.editField(object, field);
  return {
    editableForNew: editable && field.createable,
    editableForUpdate: editable && field.updateable && rights.object(object).edit,
    label: field.label.replace(/ ID$/, ''),
    layoutComponents: [{ apiName: field.name, componentType: 'Field', label: field.label }],
    lookupIdApiName: field.type === 'reference' ? field.name : null,
    required: item.behavior === 'Required' || (!field.nillable && field.type !== 'boolean'),
    sortable: false,
  };
}
