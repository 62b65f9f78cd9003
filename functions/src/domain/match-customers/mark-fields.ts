import { compareNames } from './compare-names.ts';
import type { Prepared } from './party.ts';

/** How a field of one side stands to the other's; unknown when one of them has none. */
export type Mark = 'same' | 'alike' | 'different' | 'unknown';

export interface FieldMarks {
  name: Mark;
  email: Mark;
  phone: Mark;
  address: Mark;
}

/** What a person should look at: compared in the same form in which it was weighed. */
export function markFields(one: Prepared, other: Prepared): FieldMarks {
  const relation = compareNames(one.name, other.name);
  const twins = one.name.ordinals === other.name.ordinals && (one.name.form ?? other.name.form) === (other.name.form ?? one.name.form);
  return {
    name: relation === 'different' ? 'different' : relation === 'same' && twins ? 'same' : 'alike',
    email: markLists(one.emails, other.emails, one.domains, other.domains),
    phone: markLists(one.phones, other.phones),
    address: markAddresses(one, other),
  };
}

function markLists(
  one: readonly string[],
  other: readonly string[],
  likeOne: readonly string[] = [],
  likeOther: readonly string[] = [],
): Mark {
  if (one.length === 0 || other.length === 0) return 'unknown';
  if (one.some((each) => other.includes(each))) return 'same';
  return likeOne.some((each) => likeOther.includes(each)) ? 'alike' : 'different';
}

function markAddresses(one: Prepared, other: Prepared): Mark {
  if (one.country !== null && other.country !== null && one.country !== other.country) return 'different';
  const parts = (['postalCode', 'city', 'street'] as const).filter((part) => one[part] !== null && other[part] !== null);
  if (parts.length === 0) return 'unknown';
  const same = parts.filter((part) => one[part] === other[part]);
  return same.length === parts.length ? 'same' : same.length > 0 ? 'alike' : 'different';
}
