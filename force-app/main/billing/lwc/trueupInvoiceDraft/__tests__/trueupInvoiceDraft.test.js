import { addFreeLine, adoptAnswer, changeField, changeLine, isFree, removeLine } from 'c/trueupInvoiceDraft';

const LINE = { lineKey: 'a-0', sourceLineId: 'a', quantity: '1', unitPrice: '2', serviceDate: '2026-01-01' };
const DRAFT = Object.freeze({ accountId: '001A', contactId: '003A', memo: null, lines: Object.freeze([Object.freeze(LINE)]) });

describe('c-trueup-invoice-draft', () => {
  it('lets the functions choose a contact for another account', () => {
    const changed = changeField(DRAFT, 'accountId', '001B');
    expect(changed.accountId).toBe('001B');
    expect(JSON.parse(JSON.stringify(changed))).not.toHaveProperty('contactId');
  });

  it('keeps the contact when anything else changes', () => {
    expect(changeField(DRAFT, 'terms', 'Net 30').contactId).toBe('003A');
  });

  it('sends an emptied text as none', () => {
    expect(changeField(DRAFT, 'memo', '').memo).toBeNull();
    expect(changeLine(DRAFT, 'a-0', 'serviceDate', '').lines[0].serviceDate).toBeNull();
  });

  it('keeps numbers as they are typed', () => {
    expect(changeLine(DRAFT, 'a-0', 'quantity', '0.3333333').lines[0].quantity).toBe('0.3333333');
    expect(changeLine(DRAFT, 'a-0', 'quantity', undefined).lines[0].quantity).toBe('');
  });

  it('gives every line of its own another key', () => {
    const { lines } = addFreeLine(addFreeLine(DRAFT));
    expect(lines[1].lineKey).toMatch(/^free-[0-9a-f-]{36}$/);
    expect(lines[2].lineKey).not.toBe(lines[1].lineKey);
    expect(lines.map(isFree)).toEqual([false, true, true]);
  });

  it('removes a line', () => {
    expect(removeLine(DRAFT, 'a-0').lines).toEqual([]);
  });

  it('takes the answered draft, but not its rewriting of what was typed', () => {
    const typed = changeLine(DRAFT, 'a-0', 'quantity', '1.50');
    const answered = { ...DRAFT, contactId: '003B', lines: [{ ...LINE, quantity: '1.5', serviceDate: '2026-02-02' }] };
    expect(adoptAnswer(typed, answered)).toEqual({
      ...answered,
      poNumber: null,
      lines: [{ ...LINE, quantity: '1.50', serviceDate: '2026-02-02' }],
    });
  });

  it('takes the first answer whole', () => {
    expect(adoptAnswer(undefined, { ...DRAFT, poNumber: 'PO 7' })).toEqual({ ...DRAFT, poNumber: 'PO 7' });
  });

  it('keeps empty what the answer leaves out', () => {
    const { contactId, ...answered } = DRAFT;
    expect(contactId).toBe('003A');
    expect(adoptAnswer(undefined, answered)).toMatchObject({ contactId: null, poNumber: null, memo: null });
  });
});
