import path from 'node:path';
import { apiName, children, readXml, text, texts } from './xml.ts';

export interface LayoutSection {
  heading: string;
  showHeading: boolean;
  /** Columns of field API names. `editable`: the edit form offers the field. */
  columns: { field: string; editable: boolean; required: boolean }[][];
}

export interface RelatedList {
  /** Child object and its lookup; standard lists go by their relationship name alone. */
  childObject?: string;
  childField?: string;
  relationshipName?: string;
  fields: string[];
  sortBy?: string;
}

/** Page layout of a packaged object: what force:detailPanel and force:relatedListContainer show. */
export interface Layout {
  objectApiName: string;
  sections: LayoutSection[];
  relatedLists: RelatedList[];
  actions: string[];
}

/** Reads a `.layout-meta.xml`. */
export function readLayout(file: string): Layout {
  const root = readXml(file);
  const listed = children(root, 'platformActionList').flatMap((list) => children(list, 'platformActionListItems'));
  return {
    objectApiName: apiName(file).split('-')[0] ?? '',
    sections: children(root, 'layoutSections')
      .map((section) => ({
        heading: text(section, 'label') ?? '',
        showHeading: text(section, 'detailHeading') !== 'false',
        columns: children(section, 'layoutColumns').map((column) => children(column, 'layoutItems').flatMap(readItem)),
      }))
      .filter(({ columns }) => columns.some((column) => column.length > 0)),
    relatedLists: children(root, 'relatedLists').map((list) => {
      const [object = '', field] = (text(list, 'relatedList') ?? '').split('.');
      const sort = text(list, 'sortField');
      return {
        ...(field ? { childObject: object, childField: field } : { relationshipName: object }),
        fields: texts(list, 'fields').map(fieldOfColumn),
        ...(sort ? { sortBy: `${text(list, 'sortOrder') === 'Desc' ? '-' : ''}${fieldOfColumn(sort)}` } : {}),
      };
    }),
    actions: listed.flatMap((item) => text(item, 'actionName') ?? []),
  };
}

function readItem(item: Parameters<typeof text>[0]) {
  const field = text(item, 'field');
  const behavior = text(item, 'behavior');
  return field ? [{ field, editable: behavior !== 'Readonly', required: behavior === 'Required' }] : [];
}

export interface ListView {
  objectApiName: string;
  name: string;
  label: string;
  fields: string[];
}

/** Reads a `.listView-meta.xml`; its rows are the org's business. */
export function readListView(file: string): ListView {
  const root = readXml(file);
  return {
    objectApiName: objectOf(file),
    name: apiName(file),
    label: text(root, 'label') ?? apiName(file),
    fields: texts(root, 'columns').map(fieldOfColumn),
  };
}

/** Fields of the compact layout an object assigns; undefined when it assigns none. `file` is its `.object-meta.xml`. */
export function assignedCompactLayout(file: string): string | undefined {
  return text(readXml(file), 'compactLayoutAssignment');
}

/** Object, name and fields of a `.compactLayout-meta.xml`. */
export function readCompactLayout(file: string): { objectApiName: string; name: string; fields: string[] } {
  return { objectApiName: objectOf(file), name: apiName(file), fields: texts(readXml(file), 'fields') };
}

const objectOf = (file: string) => path.basename(path.resolve(file, '../..'));

/** List columns and related lists name some standard fields by legacy constants. */
const COLUMNS: Record<string, string> = {
  NAME: 'Name',
  'OWNER.ALIAS': 'Owner.Alias',
  CREATEDBY_USER: 'CreatedBy.Name',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  UPDATEDBY_USER: 'LastModifiedBy.Name',
  'CREATEDBY_USER.ALIAS': 'CreatedBy.Alias',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedBy.Alias',
  OWNER_NAME: 'Owner.Name',
};
const fieldOfColumn = (column: string) => COLUMNS[column] ?? COLUMNS[column.toUpperCase()] ?? column;
