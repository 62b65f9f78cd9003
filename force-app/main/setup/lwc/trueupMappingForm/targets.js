import { LABEL } from './labels';
import { describe } from './sources';

const FAMILY = /^([A-Za-z_]+)\[(.*)\]$/;

/** Fields of one object of Stripe or QuickBooks. */
export const fieldsOf = (targets, object) => targets.find((target) => target.object === object)?.fields ?? [];

/** `metadata[region]` is the member `region` of the family `metadata[…]`. */
export function memberOf(name) {
  const [, family, key] = FAMILY.exec(name) ?? [];
  return family ? { family: `${family}[…]`, key } : undefined;
}

export const memberName = (family, key) => family.replace('…', () => key);

/** The field a mapping names, by itself or as a member of a family. */
export function findTarget(fields, name) {
  return (
    fields.find((field) => field.name === name && !field.named) ??
    fields.find((field) => field.named && field.name === memberOf(name)?.family)
  );
}

export function describeTarget({ type, length, required }) {
  return [describe(type, length), required ? LABEL.needed : ''].filter(Boolean).join(', ');
}

/** Options of the picker. What Trueup writes itself is shown too, with the reason why it cannot be mapped. */
export function targetOptions(fields) {
  return fields
    .map((field) => ({
      value: field.name,
      label: field.label,
      hint: [`${field.name} (${describeTarget(field)})`, field.writable ? '' : field.reason].filter(Boolean).join(' - '),
      isDisabled: !field.writable,
    }))
    .sort((a, b) => Number(a.isDisabled) - Number(b.isDisabled) || a.label.localeCompare(b.label));
}

/** Active values of a list. */
export const choicesOf = (field) => (field?.options ?? []).filter(({ active }) => active).map(({ value, label }) => ({ value, label }));
