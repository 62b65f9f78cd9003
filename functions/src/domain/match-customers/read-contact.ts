import parsePhone, { type CountryCode } from 'libphonenumber-js/min';
import { getDomain } from 'tldts';
import type { PartyAddress } from './party.ts';
import { plainText } from './read-name.ts';

/** Mail hosts of the public: their domain says nothing about who writes. */
const PUBLIC_MAIL = new Set(
  `gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.co.jp ymail.com hotmail.com hotmail.co.uk hotmail.fr outlook.com
  outlook.de live.com live.co.uk msn.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de
  mail.com proton.me protonmail.com pm.me zoho.com yandex.com yandex.ru mail.ru qq.com 163.com 126.com naver.com comcast.net verizon.net att.net
  sbcglobal.net bellsouth.net cox.net charter.net btinternet.com sky.com virginmedia.com orange.fr wanadoo.fr free.fr laposte.net libero.it
  tiscali.it bigpond.com optusnet.com.au shaw.ca rogers.com fastmail.com hey.com tutanota.com`.split(/\s+/),
);

/** Mailboxes of a role, not of a person; the names of RFC 2142 and those that suppliers are told to write to. */
const ROLES = new Set(
  `info hello contact office mail admin sales support help service billing invoice invoices invoicing accounts accounting accountspayable ap ar
  finance payables payments purchasing procurement orders hr team webmaster postmaster marketing reception kontakt buchhaltung rechnung
  rechnungen compta comptabilite facturation facturacion contabilidad administracion amministrazione fatture`.split(/\s+/),
);

export const isRoleMailbox = (email: string): boolean =>
  ROLES.has(email.slice(0, email.indexOf('@')).replaceAll(/[^a-z]/g, '')) && readDomain(email) !== null;

/** Lower case; without a tag, and at Google without the dots that it ignores. null: not an address. */
export function readEmail(written: string): string | null {
  const [, local, host] = /^\s*([^\s@]+)@([^\s@]+\.[^\s@]+?)\.?\s*$/.exec(written.toLowerCase()) ?? [];
  if (local === undefined || host === undefined) return null;
  const google = host === 'gmail.com' || host === 'googlemail.com';
  const plain = local.replace(/\+.*$/, '') || local;
  return google ? `${plain.replaceAll('.', '')}@gmail.com` : `${plain}@${host}`;
}

/** The registrable domain of an address or a website, unless it is a public mail host's. */
export function readDomain(written: string): string | null {
  const domain = getDomain(written.includes('@') ? written.slice(written.lastIndexOf('@') + 1) : written.trim());
  return domain === null || PUBLIC_MAIL.has(domain) ? null : domain;
}

/** E.164; a number without a country code is read in that country. null: no number that could be dialled. */
export function readPhone(written: string, country: string | null): string | null {
  const number = parsePhone(written, (country ?? 'US') as CountryCode);
  return number?.isPossible() ? number.number : null;
}

/** Letters and digits only: `DE 123.456.789` and `de123456789` are one. null when it is too short to tell anybody by. */
export function readTaxId(written: string | null): string | null {
  const plain = (written ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return plain.length >= 6 ? plain : null;
}

const NAMES = new Map<string, string>();

/** ISO code of a country by its code or English name; null when it is neither. */
export function readCountry(written: string | null): string | null {
  const text = (written ?? '').trim();
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase();
  if (text === '') return null;
  if (NAMES.size === 0) nameCountries();
  return NAMES.get(plainText(text)) ?? null;
}

function nameCountries(): void {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = english.of(code);
    if (name && !NAMES.has(plainText(name))) NAMES.set(plainText(name), code);
  }
  for (const [name, code] of [
    ['usa', 'US'],
    ['united states of america', 'US'],
    ['uk', 'GB'],
    ['great britain', 'GB'],
    ['england', 'GB'],
  ] as const)
    NAMES.set(name, code);
}

/** `12 high street`: the house number and the first word of the street, which people write the same most often. */
export function readStreet(address: PartyAddress | null): string | null {
  const words = plainText(address?.line1 ?? '').split(' ');
  const number = words.find((word) => /^\d+[a-z]?$/.test(word));
  const street = words.find((word) => word.length > 2 && !/\d/.test(word));
  return number && street ? `${number} ${street}` : null;
}

/** Letters and digits only; an American code without its extension. */
export function readPostalCode(address: PartyAddress | null): string | null {
  const code = (address?.postalCode ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return (/^\d{9}$/.test(code) ? code.slice(0, 5) : code) || null;
}
