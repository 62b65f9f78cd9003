import { basename } from 'node:path';
import { isTrue, nodesOf, textOf, textsOf } from './metadata-file.ts';
import type { MetadataFile, SchemaProblem } from './metadata-file.ts';
import { readFilter } from './load-rollup.ts';
import type { ListView, OrgField, OrgObject, SharingModel, ValidationRule } from './model.ts';

const SHARING: Record<string, SharingModel> = {
  Private: 'Private',
  Read: 'Read',
  ReadWrite: 'ReadWrite',
  ControlledByParent: 'ControlledByParent',
};

/** What a `*.object-meta.xml` says of a custom object, before its fields are added. */
export function loadObject(file: MetadataFile, problems: SchemaProblem[]): OrgObject | undefined {
  const name = basename(file.path).replace('.object-meta.xml', '');
  const kind = name.endsWith('__e') ? 'event' : name.endsWith('__mdt') ? 'metadata' : name.endsWith('__c') ? 'custom' : 'standard';
  // The file of a standard object only carries settings the local org keeps to itself.
  if (kind === 'standard') return undefined;
  if (textOf(file.body, 'customSettingsType')) {
    problems.push({ file: file.path, line: file.line('customSettingsType'), message: 'the local org does not support custom settings' });
    return undefined;
  }
  const sharing = textOf(file.body, 'sharingModel');
  if (sharing && !SHARING[sharing])
    problems.push({
      file: file.path,
      line: file.line('sharingModel'),
      message: `the local org does not support the sharing model ${sharing}`,
    });
  const object: OrgObject = {
    name,
    label: textOf(file.body, 'label') ?? name,
    labelPlural: textOf(file.body, 'pluralLabel') ?? textOf(file.body, 'label') ?? name,
    keyPrefix: '',
    kind,
    sharingModel: kind === 'custom' ? (SHARING[sharing ?? 'ReadWrite'] ?? 'Private') : 'ReadWrite',
    publishAfterCommit: textOf(file.body, 'publishBehavior') !== 'PublishImmediately',
    fields: new Map(),
    validationRules: [],
    listViews: [],
    compactLayout: [],
    source: 'package',
    origin: `${file.path}:1`,
  };
  if (kind === 'custom') addField(object, nameFieldOf(file));
  return object;
}

export function addField(object: OrgObject, field: OrgField): void {
  object.fields.set(field.name.toLowerCase(), field);
}

function nameFieldOf(file: MetadataFile): OrgField {
  const spec = nodesOf(file.body, 'nameField')[0] ?? {};
  const auto = textOf(spec, 'type') === 'AutoNumber';
  return {
    name: 'Name',
    label: textOf(spec, 'label') ?? 'Name',
    type: 'string',
    length: 80,
    custom: false,
    nameField: true,
    nillable: false,
    createable: !auto,
    updateable: !auto,
    source: 'package',
    origin: `${file.path}:${String(file.line('nameField'))}`,
    ...(auto ? { autoNumber: { format: textOf(spec, 'displayFormat') ?? '{0}', start: Number(textOf(spec, 'startingNumber') ?? 1) } } : {}),
  };
}

/** An inactive rule is left out: it does nothing in an org either. */
export function loadValidationRule(file: MetadataFile): ValidationRule | undefined {
  if (!isTrue(file.body, 'active')) return undefined;
  const field = textOf(file.body, 'errorDisplayField');
  return {
    name: textOf(file.body, 'fullName') ?? basename(file.path).replace('.validationRule-meta.xml', ''),
    formula: textOf(file.body, 'errorConditionFormula') ?? 'false',
    message: textOf(file.body, 'errorMessage') ?? '',
    ...(field ? { errorField: field } : {}),
    origin: `${file.path}:${String(file.line('errorConditionFormula'))}`,
  };
}

export function loadListView(file: MetadataFile): ListView {
  const logic = textOf(file.body, 'booleanFilter');
  return {
    name: textOf(file.body, 'fullName') ?? basename(file.path).replace('.listView-meta.xml', ''),
    label: textOf(file.body, 'label') ?? '',
    columns: textsOf(file.body, 'columns'),
    filters: nodesOf(file.body, 'filters').map(readFilter),
    scope: textOf(file.body, 'filterScope') ?? 'Everything',
    ...(logic ? { booleanFilter: logic } : {}),
  };
}

export const loadCompactLayout = (file: MetadataFile): string[] => textsOf(file.body, 'fields');
