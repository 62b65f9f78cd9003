import { familyOf } from '../../domain/map-fields/target.ts';
import type { MappedValue } from '../../domain/map-fields/mapped-values.ts';

interface Parts {
  metadata: Record<string, string>;
  customFields: { name: string; value: string }[];
  members: Record<string, string>;
}

/** Mapped values by where they stand in Stripe's parameters. */
export function partsOf(mapped: readonly MappedValue[] = []): Parts {
  const parts: Parts = { metadata: {}, customFields: [], members: {} };
  for (const { field, value } of mapped) {
    const named = familyOf(field);
    if (named?.family === 'metadata[…]') parts.metadata[named.key] = value;
    else if (named) parts.customFields.push({ name: named.key, value });
    else parts.members[field] = value;
  }
  return parts;
}

interface Held {
  metadata: Record<string, string> | null;
  custom_fields?: { name: string; value: string }[] | null;
}

/** Mapped fields that the answer does not hold as they were sent. */
export function lostOf(mapped: readonly MappedValue[] | undefined, answer: Held): string[] {
  const { metadata, customFields, members } = partsOf(mapped);
  const held = answer as Held & Record<string, unknown>;
  return [
    ...Object.entries(metadata).flatMap(([key, value]) => (held.metadata?.[key] === value ? [] : [`metadata[${key}]`])),
    ...customFields.flatMap(({ name, value }) =>
      held.custom_fields?.some((each) => each.name === name && each.value === value) ? [] : [`custom_fields[${name}]`],
    ),
    ...Object.entries(members).flatMap(([name, value]) => (held[name] === value ? [] : [name])),
  ];
}
