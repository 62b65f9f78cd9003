const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** True for a Salesforce id of 15 or 18 characters. */
export const isRecordId = (text: string): boolean => /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(text);

/** The 18-character form: three check characters tell the case of each block of five. */
export function toRecordId18(id: string): string {
  if (id.length === 18) return id;
  if (id.length !== 15) throw new Error(`Not a Salesforce id: ${JSON.stringify(id)}`);
  const check = [0, 5, 10].map((start) => {
    const bits = [...id.slice(start, start + 5)].reduce((all, letter, place) => all + (letter >= 'A' && letter <= 'Z' ? 1 << place : 0), 0);
    return SUFFIX[bits];
  });
  return id + check.join('');
}
