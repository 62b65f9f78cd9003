import { errorsToShow, mergeProblems, placeOf, problemsOfLine, textOfField, warningsOf } from 'c/trueupInvoiceProblems';

const error = (code, field) => ({ code, severity: 'error', field, message: `${code}.`, action: 'Mend it.' });
const warning = (code) => ({ code, severity: 'warning', message: `${code}.` });

describe('c-trueup-invoice-problems', () => {
  it('reads paths into lines', () => {
    expect(placeOf('lines[12].unitPrice')).toEqual({ index: 12, name: 'unitPrice' });
    expect(placeOf('lines[3]')).toEqual({ index: 3, name: undefined });
    expect(placeOf('billTo.contactId')).toBeNull();
    expect(placeOf(undefined)).toBeNull();
  });

  it('gives a field the words of its errors, not of others or of warnings', () => {
    const problems = [error('a', 'memo'), error('b', 'terms'), { ...warning('c'), field: 'memo' }];
    expect(textOfField(problems, 'memo')).toBe('a. Mend it.');
    expect(textOfField(problems, 'invoiceDate')).toBe('');
  });

  it('gives a line its problems with the field they are about', () => {
    const problems = [error('a', 'lines[1].quantity'), error('b', 'lines[1]'), error('c', 'lines[0].quantity')];
    expect(problemsOfLine(problems, 1).map(({ code, name }) => [code, name])).toEqual([
      ['a', 'quantity'],
      ['b', undefined],
    ]);
  });

  it('does not point at what a person had no time to fill in', () => {
    const draft = { lines: [{ lineKey: 'free-1', description: '', unitPrice: '' }] };
    const problems = [error('description-empty', 'lines[0].description'), error('price-invalid', 'lines[0].unitPrice')];
    expect(errorsToShow(problems, draft, new Set(['free-1.unitPrice'])).map(({ code }) => code)).toEqual(['price-invalid']);
    expect(errorsToShow([error('no-lines', 'lines')], { lines: [] }, new Set())).toEqual([]);
  });

  it('points at an emptied field of a line of the record', () => {
    const draft = { lines: [{ lineKey: '00k-0', sourceLineId: '00k', quantity: '' }] };
    expect(errorsToShow([error('quantity-invalid', 'lines[0].quantity')], draft, new Set())).toHaveLength(1);
  });

  it('puts a failed attempt before the preview, once each, as errors', () => {
    const merged = mergeProblems([warning('down')], [error('a', 'memo'), warning('down')]);
    expect(merged.map(({ code, severity }) => [code, severity])).toEqual([
      ['down', 'error'],
      ['a', 'error'],
    ]);
    expect(warningsOf(merged)).toEqual([]);
  });
});
