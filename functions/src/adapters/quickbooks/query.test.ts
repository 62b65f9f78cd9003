import fc from 'fast-check';
import { expect, it } from 'vitest';
import { literal, select, within } from './query.ts';

/** Reads a literal back the way QuickBooks documents it: a backslash takes the next character as it is. */
function readBack(text: string): string {
  expect(text.startsWith("'") && text.endsWith("'")).toBe(true);
  let out = '';
  for (let i = 1; i < text.length - 1; i += 1) {
    if (text[i] === '\\') i += 1;
    else expect(text[i]).not.toBe("'");
    out += text[i];
  }
  return out;
}

it('keeps any text inside its quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(readBack(literal(text))).toBe(text);
    }),
  );
  expect(literal("x\\' or Active = 'false")).toBe("'x\\\\\\' or Active = \\'false'");
});

it('orders by Id and never asks with an empty list', () => {
  expect(select('Item', within('Sku', ['A', "B'"]))).toBe(
    "select * from Item where Sku IN ('A', 'B\\'') ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000",
  );
  expect(within('Id', [])).toBe("Id IN ('')");
});
