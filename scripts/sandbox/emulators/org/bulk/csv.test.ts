import { describe, expect, it } from 'vitest';
import { readRow, writeRow } from './csv.ts';
import type { CsvFormat } from './csv.ts';

const LF: CsvFormat = { delimiter: ',', lineEnding: '\n' };

function readAll(text: string, format = LF): (string[] | string)[] {
  const rows: (string[] | string)[] = [];
  for (let at = 0; at < text.length;) {
    const row = readRow(text, at, format);
    rows.push(row.problem ?? row.fields);
    at = row.next;
  }
  return rows;
}

describe('a row of CSV', () => {
  it.each<[string, string, CsvFormat, string[][]]>([
    ['plain values, untrimmed', 'a,b\n1, 2\n', LF, [['a', 'b'], ['1', ' 2']]], // prettier-ignore
    ['no line ending at the end', 'a\n1', LF, [['a'], ['1']]],
    ['empty values', ',\n"",\n', LF, [['', ''], ['', '']]], // prettier-ignore
    ['delimiters, quotes and lines inside quotes', '"a,""b""\nc",d\ne,f\n', LF, [['a,"b"\nc', 'd'], ['e', 'f']]], // prettier-ignore
    ['other delimiter and line ending', 'a;"b\r\nc"\r\nd;e,\r\n', { delimiter: ';', lineEnding: '\r\n' }, [['a', 'b\r\nc'], ['d', 'e,']]], // prettier-ignore
    ['a value of quotes alone', '"""",x\n', LF, [['"', 'x']]],
  ])('has %s', (_name, text, format, rows) => expect(readAll(text, format)).toEqual(rows));

  it('that cannot be read leaves the next one readable', () => {
    expect(readAll('"John", "Smith"\nx,y\n')).toEqual([expect.stringContaining('quote'), ['x', 'y']]);
    expect(readAll('"John"x,y\nx,y\n')).toEqual([expect.stringContaining('quote'), ['x', 'y']]);
    expect(readAll('"John\nx,y\n')).toEqual([expect.stringContaining('closing')]);
  });

  it('comes back as it was written', () => {
    const values = ['', 'a"b', 'c,d', 'e\nf', ' g '];
    expect(readAll(writeRow(values, LF))).toEqual([values]);
  });
});
