import type { PostalAddress } from '../postal-address.ts';

/** Somebody who may be a customer, as any of the three systems knows them. */
export interface Party {
  id: string;
  /** A company's name, or a person's full name. */
  name: string;
  emails: readonly string[];
  phones: readonly string[];
  address: PartyAddress | null;
  website: string | null;
  /** VAT id, EIN or the like, as written. */
  taxId: string | null;
}

export interface PartyAddress {
  line1: string | null;
  city: string | null;
  postalCode: string | null;
  /** ISO 3166 code, or a name. */
  country: string | null;
}

/** What a record of Salesforce or of a provider tells; of a contact each has one address, or some. */
interface Told {
  id: string;
  name: string;
  email?: string | null;
  emails?: readonly string[];
  phone: string | null;
  address: PostalAddress | null;
  website?: string | null;
}

export function partyOf({ id, name, email = null, emails = email === null ? [] : [email], phone, address, website = null }: Told): Party {
  return {
    ...{ id, name, emails, website, taxId: null },
    phones: phone === null ? [] : [phone],
    address: address && {
      line1: address.line1 ?? null,
      city: address.city ?? null,
      postalCode: address.postalCode ?? null,
      country: address.country ?? null,
    },
  };
}

/** A party as it is compared: every text in one form, nothing that two unrelated customers would share by chance. */
export interface Prepared {
  id: string;
  name: NameParts;
  emails: readonly string[];
  /** Registrable domains that only one organisation uses: no mail provider's. */
  domains: readonly string[];
  /** E.164. */
  phones: readonly string[];
  /** Without its extension. */
  postalCode: string | null;
  city: string | null;
  /** House number and street; null when either is unknown. */
  street: string | null;
  country: string | null;
  taxId: string | null;
}

export interface NameParts {
  /** Words that tell this name from others: no legal form, no article, abbreviations written out. */
  words: readonly string[];
  /** Family of the legal form; null when none is written. */
  form: string | null;
  /** What tells namesakes apart: numbers, junior and senior. */
  ordinals: string;
}
