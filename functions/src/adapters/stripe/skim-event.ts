import { MARK } from './translate.ts';

/** Those of the object's members that the inbox asks for (verify-webhook.ts, looks.ts), by the kinds of object most events are about. */
const INVOICE = ['status', 'amount_remaining', 'pre_payment_credit_notes_amount', 'post_payment_credit_notes_amount'];
const MEMBERS: Record<string, string[]> = {
  invoice: INVOICE,
  charge: ['status', 'amount_refunded', 'disputed'],
  payment_intent: ['status'],
  invoice_payment: ['status', 'invoice'],
};

const OBJECT = '\n  "data": {\n    "object": {';
const OBJECT_END = '\n    }';
const METADATA = '\n      "metadata": {';
const METADATA_END = '\n      }';

/**
 * Reads what the inbox needs of a snapshot event, of whose body that is a hundredth. Stripe writes its events indented by two spaces a
 * level, and no string holds a line break, so the beginning of a line tells whose member it is. Null: it is written otherwise, or about
 * something else, and has to be parsed. `bench:inbox` tells what parsing costs.
 */
export function skimEvent(text: string): object | null {
  const from = text.indexOf(OBJECT);
  const to = text.indexOf(OBJECT_END, from);
  if (from < 0 || to < 0) return null;
  const object = text.slice(from + OBJECT.length, to);
  const members = MEMBERS[String(memberOf(object, 'object'))];
  if (!members) return null;
  const skimmed: Record<string, unknown> = {};
  for (const name of ['id', 'object', ...members]) {
    const value = memberOf(object, name);
    if (value === NESTED) return null;
    if (value !== undefined) skimmed[name] = value;
  }
  const mark = markOf(object);
  if (mark !== undefined) skimmed['metadata'] = { [MARK.invoice]: mark };
  const around = JSON.parse(`${text.slice(0, from)}\n  "data": {${text.slice(to + OBJECT_END.length).replace(/^,/, '')}`) as {
    data: object;
  };
  return { ...around, data: { ...around.data, object: skimmed } };
}

const NESTED = Symbol('an object or a list');

function memberOf(object: string, name: string): unknown {
  const start = `\n      "${name}": `;
  const at = object.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  const end = object.indexOf('\n', from);
  const value = object.slice(from, end < 0 ? undefined : end).replace(/,$/, '');
  return value.endsWith('{') || value.endsWith('[') ? NESTED : (JSON.parse(value) as unknown);
}

/** The invoice's id that our own metadata names. */
function markOf(object: string): unknown {
  const from = object.indexOf(METADATA);
  if (from < 0) return undefined;
  const end = object.indexOf(METADATA_END, from);
  const start = `\n        "${MARK.invoice}": `;
  const at = object.indexOf(start, from);
  if (at < 0 || at > end) return undefined;
  const value = object.slice(at + start.length, object.indexOf('\n', at + start.length));
  return JSON.parse(value.replace(/,$/, ''));
}
