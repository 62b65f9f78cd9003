/*
 * The draft of the Issue Invoice panel: plain objects as preview-invoice gives and takes them, never changed in place.
 * Quantities and prices stay the text that was typed; nothing is computed here.
 */

const EMPTY_IS_NULL = ['poNumber', 'memo', 'serviceDate', 'contactId'];

/** The draft with one of its own fields changed. Another account gets its own contact, which the functions propose. */
export function changeField(draft, name, value) {
  const changed = { ...draft, [name]: plain(name, value) };
  return name === 'accountId' ? { ...changed, contactId: undefined } : changed;
}

/** The draft with one field of one line changed. */
export function changeLine(draft, lineKey, name, value) {
  const lines = draft.lines.map((line) => (line.lineKey === lineKey ? { ...line, [name]: plain(name, value) } : line));
  return { ...draft, lines };
}

/** The draft with an empty line of its own, whose key makes it billable once. */
export function addFreeLine(draft) {
  const line = {
    lineKey: `free-${crypto.randomUUID()}`,
    sourceLineId: null,
    productId: null,
    description: '',
    quantity: '1',
    unitPrice: '',
    serviceDate: null,
    include: true,
  };
  return { ...draft, lines: [...draft.lines, line] };
}

/** The draft without the line. */
export function removeLine(draft, lineKey) {
  return { ...draft, lines: draft.lines.filter((line) => line.lineKey !== lineKey) };
}

/**
 * The answered draft, with quantities and prices as they were typed: `1.50` must not become `1.5` under the cursor.
 * What it lacks was emptied on purpose: sent as none, it stays empty instead of getting its default anew.
 */
export function adoptAnswer(draft, answered) {
  const typed = new Map((draft?.lines ?? []).map((line) => [line.lineKey, line]));
  const lines = answered.lines.map((line) => {
    const { quantity = line.quantity, unitPrice = line.unitPrice } = typed.get(line.lineKey) ?? {};
    return { ...line, quantity, unitPrice };
  });
  const { contactId = null, poNumber = null, memo = null } = answered;
  return { ...answered, contactId, poNumber, memo, lines };
}

/** Whether the line was added by the person, not by the record. */
export const isFree = (line) => !line.sourceLineId;

function plain(name, value) {
  return EMPTY_IS_NULL.includes(name) ? value || null : (value ?? '');
}
