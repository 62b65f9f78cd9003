/** QuickBooks' limit for DisplayName; it is unique over customers, vendors and employees. */
export const DISPLAY_NAME_LENGTH = 500;

export type NameFault = 'too-long' | 'illegal-character' | 'empty';

/** What QuickBooks would refuse about a name (2040: colon, tab, newline; 2050: length); null when it is fine. */
export function nameFault(name: string): NameFault | null {
  if (name.trim() === '') return 'empty';
  if (/[:\t\n\r]/.test(name)) return 'illegal-character';
  return [...name].length > DISPLAY_NAME_LENGTH ? 'too-long' : null;
}

/** Names to try in turn when the plain one is taken: with the currency, then with the tail of the account's id. */
export function displayNameChoices(name: string, currency: string, accountId: string): string[] {
  return ['', ` (${currency})`, ` (${accountId.slice(-6)})`, ` (${currency} ${accountId.slice(-6)})`].map((suffix) =>
    fit(name.trim(), suffix),
  );
}

function fit(name: string, suffix: string): string {
  return [...name].slice(0, DISPLAY_NAME_LENGTH - suffix.length).join('') + suffix;
}
