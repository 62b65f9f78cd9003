// How records are asked for and shown, from the object's description (ui-api object-info).

/** Paths to request so that the fields of these names can be shown: a lookup brings its name, money its currency. */
export function requestPaths(info, names) {
  const object = info.apiName;
  const paths = names.flatMap((name) => {
    if (name.includes('.')) return [`${object}.${name}`];
    const field = info.fields[name];
    if (!field) return [];
    const parent = parentName(field);
    return parent ? [`${object}.${name}`, `${object}.${parent}`] : [`${object}.${name}`];
  });
  if (info.fields.CurrencyIsoCode) paths.push(`${object}.CurrencyIsoCode`);
  return [...new Set(paths)].sort();
}

/** People and queues have no page of their own here: their names are no links. */
export const isPerson = (field) => ['User', 'Group'].includes(field.referenceToInfos?.[0]?.apiName);

/** `Account__r.Name` of a lookup, undefined for other fields. */
function parentName(field) {
  if (field.dataType !== 'Reference' || !field.relationshipName) return undefined;
  const target = field.referenceToInfos?.[0];
  return `${field.relationshipName}.${target?.nameFields?.includes('Name') === false ? target.nameFields[0] : 'Name'}`;
}

/** API name of the field that names a record: `Name`, or what stands for it (`OrderNumber`). */
export function nameFieldOf(info) {
  return info.nameFields?.includes('Name') || !info.nameFields?.length ? 'Name' : info.nameFields[0];
}

export function nameOf(record, info) {
  return record?.fields?.[nameFieldOf(info)]?.value ?? record?.id;
}

/** `OwnerId` is labelled "Owner ID" in the schema and "Owner" on a page. */
export function labelOf(info, name) {
  if (!name.includes('.')) {
    const field = info.fields[name];
    return field?.dataType === 'Reference' ? field.label.replace(/ ID$/, '') : field?.label;
  }
  const parent = Object.values(info.fields).find((field) => field.relationshipName === name.split('.')[0]);
  return parent ? labelOf(info, parent.apiName) : name;
}

/** Whether the user may see the field at all; a path goes by its lookup. */
export function isReadable(info, name) {
  if (!name.includes('.')) return Boolean(info.fields[name]);
  return Object.values(info.fields).some((field) => field.relationshipName === name.split('.')[0]);
}

/**
 * One field of a record, ready to draw: `{ kind, value, … }`. `record` may lack the field (not shared, still loading):
 * then the value is undefined. In an org with several currencies money is shown with its code, as Salesforce does.
 */
export function shown(info, record, name) {
  if (name.includes('.')) return { kind: 'text', value: follow(record, name) };
  const field = info.fields[name];
  const entry = record?.fields?.[name];
  const value = entry?.value;
  if (value === null || value === undefined || value === '') return { kind: field?.dataType === 'Boolean' ? 'boolean' : 'empty' };
  switch (field?.dataType) {
    case 'Reference':
      return lookup(field, record, value);
    case 'Currency':
      return { kind: 'currency', value, currency: record.fields.CurrencyIsoCode?.value, multi: Boolean(info.fields.CurrencyIsoCode) };
    case 'Double':
    case 'Int':
      return { kind: 'number', value, digits: field.scale ?? 0 };
    case 'Percent':
      return { kind: 'percent', value, digits: field.scale ?? 0 };
    case 'Date':
      return { kind: 'date', value };
    case 'DateTime':
      return { kind: 'datetime', value };
    case 'Boolean':
      return { kind: 'boolean', value };
    case 'Email':
      return { kind: 'email', value };
    case 'Phone':
      return { kind: 'phone', value };
    case 'Url':
      return { kind: 'url', value };
    case 'TextArea':
      return { kind: 'multiline', value };
    default:
      return { kind: 'text', value: entry.displayValue ?? String(value) };
  }
}

function lookup(field, record, id) {
  const parent = record.fields[field.relationshipName];
  const apiName = parent?.value?.apiName || field.referenceToInfos?.[0]?.apiName;
  const name = parent?.displayValue ?? Object.values(parent?.value?.fields || {}).find((entry) => typeof entry.value === 'string')?.value;
  // No name: the user may see the lookup but not what it leads to.
  if (name === undefined || name === null) return { kind: 'empty' };
  return isPerson(field) || !apiName
    ? { kind: 'text', value: name }
    : { kind: 'link', value: name, url: `/lightning/r/${apiName}/${id}/view` };
}

function follow(record, path) {
  const names = path.split('.');
  return names.reduce((node, name, at) => (at === 0 ? record?.fields?.[name]?.value : node?.fields?.[name]?.value), undefined);
}
