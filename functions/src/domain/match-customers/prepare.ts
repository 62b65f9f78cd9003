import type { Party, Prepared } from './party.ts';
import { readCountry, readDomain, readEmail, readPhone, readPostalCode, readStreet, readTaxId } from './read-contact.ts';
import { plainText, readName } from './read-name.ts';

/** Brings a party into the form in which it is compared. `homeCountry` reads telephone numbers that carry no country. */
export function prepare(party: Party, homeCountry = 'US'): Prepared {
  const country = readCountry(party.address?.country ?? null);
  const emails = once(party.emails, readEmail);
  const sites = [...emails, ...(party.website === null ? [] : [party.website])];
  return {
    id: party.id,
    name: readName(party.name),
    emails,
    domains: once(sites, readDomain),
    phones: once(party.phones, (each) => readPhone(each, country ?? homeCountry)),
    postalCode: readPostalCode(party.address),
    city: plainText(party.address?.city ?? '') || null,
    street: readStreet(party.address),
    country,
    taxId: readTaxId(party.taxId),
  };
}

const NONE: readonly string[] = [];

/** What can be read of them, each once. */
function once(written: readonly string[], read: (written: string) => string | null): readonly string[] {
  const found = [...new Set(written.flatMap((each) => read(each) ?? []))];
  return found.length === 0 ? NONE : found;
}
