import { parseDecimal } from '../decimal.ts';
import type { TargetField, TargetOption } from './target.ts';
import { dayOf } from './transform.ts';

/** A value as it goes out; `id`: what the list's entry, or the field, is known by there. */
export interface Fitted {
  value: string;
  id: string | null;
}

export type Misfit = { fault: 'too-long' | 'wrong-type' | 'unknown' | 'inactive' | 'ambiguous'; what: string };

const EMAIL = /^[^\s@,;:<>()[\]"\\]+@[^\s@.,;:<>()[\]"\\]+(\.[^\s@.,;:<>()[\]"\\]+)+$/;

/** The value as the field takes it, or why it does not. Nothing is cut or replaced. */
export function fitValue(field: TargetField, text: string, timeZone: string): Fitted | Misfit {
  switch (field.type) {
    case 'list':
      return choose(field.options ?? [], text);
    case 'date': {
      const day = dayOf(text, timeZone);
      return day === null ? { fault: 'wrong-type', what: 'is no date' } : { value: day, id: field.key };
    }
    case 'number':
      return parseDecimal(text) ? short(field, text) : { fault: 'wrong-type', what: 'is no number' };
    case 'email':
      return EMAIL.test(text) ? short(field, text) : { fault: 'wrong-type', what: 'is no e-mail address' };
    case 'text':
      return short(field, text);
  }
}

export const isMisfit = (fitted: Fitted | Misfit): fitted is Misfit => 'fault' in fitted;

function short({ length, key }: TargetField, text: string): Fitted | Misfit {
  return length !== null && text.length > length
    ? { fault: 'too-long', what: `has ${text.length} characters; ${length} fit` }
    : { value: text, id: key };
}

/** By its full name, else by a name that only one has. Case does not count: QuickBooks keeps names apart without it. */
function choose(options: readonly TargetOption[], text: string): Fitted | Misfit {
  const wanted = text.trim().toLowerCase();
  const full = options.filter((each) => each.value.toLowerCase() === wanted);
  const named = full.length > 0 ? full : options.filter((each) => each.label.toLowerCase() === wanted);
  const active = named.filter((each) => each.active);
  const [only] = active;
  if (active.length > 1)
    return { fault: 'ambiguous', what: `is the name of ${active.length} entries; write the full name, such as "${only?.value}"` };
  if (only) return { value: only.value, id: only.id };
  return named.length > 0 ? { fault: 'inactive', what: 'is inactive there' } : { fault: 'unknown', what: 'does not exist there' };
}
