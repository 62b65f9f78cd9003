/** How a job's CSV is written. */
export interface CsvFormat {
  delimiter: string;
  lineEnding: '\n' | '\r\n';
}

export interface CsvRow {
  fields: string[];
  /** Where the next row begins. */
  next: number;
  /** Why the row cannot be read; what follows its line is still readable. */
  problem?: string;
}

/** Reads the row that begins at `from`, as RFC 4180 has it. Values are not trimmed. */
export function readRow(text: string, from: number, { delimiter, lineEnding }: CsvFormat): CsvRow {
  const fields: string[] = [];
  let at = from;
  let lineEnd = endOfLine(text, at, lineEnding);
  for (;;) {
    let stop: number;
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      if (close === -1) return { fields, next: text.length, problem: 'a quoted value has no closing quote' };
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      stop = close + 1;
      if (lineEnd < stop) lineEnd = endOfLine(text, stop, lineEnding);
      if (stop !== lineEnd && !text.startsWith(delimiter, stop)) return unreadable(fields, lineEnd, text, lineEnding);
    } else {
      const found = text.indexOf(delimiter, at);
      stop = found === -1 || found > lineEnd ? lineEnd : found;
      const value = text.slice(at, stop);
      if (value.includes('"')) return unreadable(fields, lineEnd, text, lineEnding);
      fields.push(value);
    }
    if (stop >= lineEnd) return { fields, next: Math.min(lineEnd + lineEnding.length, text.length) };
    at = stop + delimiter.length;
  }
}

const unreadable = (fields: string[], lineEnd: number, text: string, lineEnding: string): CsvRow => ({
  fields,
  next: Math.min(lineEnd + lineEnding.length, text.length),
  problem: 'a quote stands beside other characters of its value',
});

function endOfLine(text: string, from: number, lineEnding: string): number {
  const found = text.indexOf(lineEnding, from);
  return found === -1 ? text.length : found;
}

/** Two quotes are one quote of the value. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}

/** One line with every value quoted, as the org writes its results. */
export function writeRow(values: string[], { delimiter, lineEnding }: CsvFormat): string {
  return values.map((value) => `"${value.includes('"') ? value.replaceAll('"', '""') : value}"`).join(delimiter) + lineEnding;
}
