import { displayNameChoices, nameFault } from './display-name.ts';
import type { Link } from './link.ts';
import { readCountry, readPhone, readPostalCode } from './match-customers/read-contact.ts';
import { plainText } from './match-customers/read-name.ts';
import type { PostalAddress } from './postal-address.ts';

/** What all three systems know of a customer. Salesforce owns it (ownership.ts: bill-to). */
export const CUSTOMER_FACTS = ['name', 'email', 'phone', 'street', 'city', 'state', 'postalCode', 'country'] as const;
export type CustomerFact = (typeof CUSTOMER_FACTS)[number];
/** As written in their system; null where nothing is written. */
export type CustomerFacts = Record<CustomerFact, string | null>;

/** Longer ones are cut when they are sent. https://docs.stripe.com/api/customers/object, https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/customer */
const PHONE_LENGTH = { stripe: 20, quickbooks: 30 } as const;

export function factsOf(customer: {
  name: string | null;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
}): CustomerFacts {
  const { name, email, phone, address } = customer;
  const { line1, city, state, postalCode, country } = address ?? {};
  const facts = { name, email, phone, street: line1, city, state, postalCode, country };
  return Object.fromEntries(CUSTOMER_FACTS.map((fact) => [fact, facts[fact]?.trim() || null])) as CustomerFacts;
}

/** The form in which a fact is compared, the one of matching; '' where nothing is written. */
export function plainFact(fact: CustomerFact, value: string | null): string {
  const written = value ?? '';
  switch (fact) {
    case 'phone':
      return `${written.startsWith('+') ? '+' : ''}${written.replaceAll(/\D/g, '')}`;
    case 'postalCode':
      return readPostalCode({ line1: null, city: null, postalCode: written, country: null }) ?? '';
    case 'country':
      return readCountry(written) ?? plainText(written);
    // Matching overlooks tags and dots in an address; invoices are sent to it, so here they count.
    case 'email':
      return written.toLowerCase();
    default:
      return plainText(written) || written;
  }
}

/** What the system would hold if Salesforce's fact were sent to it; null: Salesforce says nothing that it could hold. */
export function fitFact(system: Link['system'], fact: CustomerFact, facts: CustomerFacts): string | null {
  const written = facts[fact];
  if (written === null) return null;
  if (fact === 'phone') return written.slice(0, PHONE_LENGTH[system]);
  if (fact === 'name' && system === 'quickbooks' && nameFault(written) !== null) return null;
  return written;
}

/** One number, though one side writes it with its country and the other without. */
export function isSamePhone(ours: CustomerFacts, theirs: CustomerFacts): boolean {
  const country = readCountry(ours.country ?? theirs.country);
  const number = readPhone(ours.phone ?? '', country);
  return number !== null && number === readPhone(theirs.phone ?? '', country);
}

/** QuickBooks' names are unique over all people, so a customer may bear a longer one than its account; it is no other name. */
export function isNameOf(ours: CustomerFacts, theirs: CustomerFacts, whom: { currency: string; accountId: string }): boolean {
  const names = displayNameChoices(ours.name ?? '', whom.currency, whom.accountId);
  return names.some((name) => plainFact('name', name) === plainFact('name', theirs.name));
}
