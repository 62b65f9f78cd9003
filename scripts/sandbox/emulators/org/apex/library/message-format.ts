/**
 * String.format follows java.text.MessageFormat: `{0}` is an argument, `''` an apostrophe, and a lone apostrophe begins
 * text in which braces mean nothing. https://docs.oracle.com/javase/8/docs/api/java/text/MessageFormat.html
 */
export function formatMessage(pattern: string, args: string[]): string {
  let out = '';
  let quoted = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const letter = pattern[index] ?? '';
    if (letter === "'" && pattern[index + 1] === "'") {
      out += "'";
      index += 1;
    } else if (letter === "'") {
      quoted = !quoted;
    } else if (letter === '{' && !quoted) {
      const end = pattern.indexOf('}', index);
      const position = Number(pattern.slice(index + 1, end < 0 ? undefined : end).split(',')[0]);
      out += args[position] ?? pattern.slice(index, end + 1);
      index = end < 0 ? pattern.length : end;
    } else {
      out += letter;
    }
  }
  return out;
}
