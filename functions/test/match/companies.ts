import type { Party } from '../../src/domain/match-customers/party.ts';
import { type Random, randomOf } from '../simulate/dice.ts';
import { COUNTRIES, FIRST, PEOPLE, SECOND, STREETS, SURNAMES } from './words.ts';

// Invents customers and writes each down as two systems would: with the slips, habits and gaps of different people. It knows nothing of
// how the product reads a name: forms, abbreviations and habits here are those of real customer lists, some of them beyond what it reads.

export interface Pair {
  ours: Party;
  theirs: Party;
  same: boolean;
  /** What makes the pair hard, for the report. */
  kind: string;
}

const MAILBOXES = ['billing', 'accounts', 'ap', 'info', 'finance', 'office', 'hello'];

interface Company {
  core: string;
  form: string;
  country: string;
  city: string;
  postalCode: string;
  line1: string;
  phone: string;
  /** Null: writes from a public mail host. */
  domain: string | null;
  publicHost: string;
  /** Two of one name do not have one address at a public host. */
  publicTag: string;
  mailbox: string;
  taxId: string;
}

const pick = <T>(random: Random, of: readonly T[]): T => random.pick(of);
const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.between(0, 9)).join('');
const chance = (random: Random, share: number): boolean => random.chance(share);

const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

function company(random: Random, serial: number): Company {
  const country = pick(random, Object.keys(COUNTRIES));
  const land = COUNTRIES[country] as (typeof COUNTRIES)[string];
  const [city, code] = pick(random, land.cities);
  // A third of them are named for a person or a place that others are named for too.
  const core = chance(random, 0.3)
    ? `${pick(random, SURNAMES)} ${pick(random, ['& Sons', 'Bros.', 'and Partners', 'Associates', 'Group'])} ${pick(random, SECOND)}`
    : `${pick(random, FIRST)} ${pick(random, FIRST)} ${pick(random, SECOND)}`;
  const slug = slugOf(core);
  return {
    core,
    form: pick(random, land.forms),
    country,
    city,
    postalCode: code + digits(random, country === 'GB' ? 1 : 2) + (country === 'GB' ? ` ${digits(random, 1)}AB` : ''),
    line1: country === 'DE' ? `${pick(random, STREETS)} ${random.between(1, 250)}` : `${random.between(1, 250)} ${pick(random, STREETS)}`,
    phone: land.phone + digits(random, country === 'GB' ? 5 : country === 'US' ? 5 : 6),
    domain: chance(random, 0.75) ? `${slug.slice(0, 18)}${chance(random, 0.4) ? serial : ''}.${land.tld}` : null,
    publicHost: pick(random, ['gmail.com', 'outlook.com', 'gmx.de', 'yahoo.com']),
    publicTag: String(serial),
    mailbox: pick(random, MAILBOXES),
    taxId: `${country}${digits(random, 9)}`,
  };
}

function person(random: Random, serial: number): Company {
  const base = company(random, serial);
  const core = `${pick(random, PEOPLE)} ${pick(random, SURNAMES)}`;
  return { ...base, core, form: '', domain: null, taxId: '' };
}

const SHORT: [RegExp, string][] = [
  [/Manufacturing/, 'Mfg.'],
  [/Technologies/, 'Tech'],
  [/Services/, 'Svcs'],
  [/Systems/, 'Sys.'],
  [/Laboratories/, 'Labs'],
  [/Industries/, 'Ind.'],
  [/ and /, ' & '],
  [/Bros\./, 'Brothers'],
  [/Holdings/, 'Hldgs'],
  [/Consulting/, 'Consult.'],
];

/** The name as another person writes it. `slips`: how much goes wrong, 0 to 1. */
function respell(random: Random, { core, form, country }: Company, slips: number): string {
  let name = core;
  if (chance(random, 0.35)) for (const [long, short] of SHORT) name = name.replace(long, short);
  if (chance(random, 0.2)) name = name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  if (chance(random, slips * 0.5)) name = slip(random, name);
  const forms = COUNTRIES[country]?.forms ?? [];
  const same: Record<string, string[]> = {
    'Inc.': ['Inc', 'Incorporated', ', Inc.', 'Corp'],
    LLC: ['L.L.C.', ', LLC'],
    Ltd: ['Limited', 'LTD.'],
    GmbH: ['G.m.b.H.', 'gmbh'],
    SARL: ['S.A.R.L.'],
    'S.A.R.L.': ['SARL'],
  };
  const written = chance(random, 0.3) ? '' : chance(random, 0.4) ? pick(random, same[form] ?? [form]) : form;
  // Now and then somebody writes a form that is not theirs.
  const last = chance(random, 0.01) && form !== '' ? pick(random, forms) : written;
  name = last.startsWith(',') ? name + last : `${name} ${last}`;
  if (chance(random, 0.15)) name = name.toUpperCase();
  else if (chance(random, 0.1)) name = name.toLowerCase();
  return (chance(random, 0.05) ? `  ${name} ` : name).trimEnd();
}

function slip(random: Random, name: string): string {
  const at = random.between(1, Math.max(1, name.length - 2));
  const how = random.between(0, 3);
  if (how === 0) return name.slice(0, at) + name.slice(at + 1);
  if (how === 1) return name.slice(0, at) + name[at] + name.slice(at);
  if (how === 2) return name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
  return name.slice(0, at) + pick(random, [...'aeiorstln']) + name.slice(at + 1);
}

/** One system's record of the company: what is missing, old or written otherwise depends on who typed it. */
function record(random: Random, id: string, of: Company, gaps: number, slips: number): Party {
  const there = (share: number): boolean => !chance(random, share * gaps);
  const own = `${slugOf(of.core)}${of.publicTag}@${of.publicHost}`;
  // Two people of one company write down two of its mailboxes.
  const email = of.domain === null ? own : `${chance(random, 0.35) ? pick(random, MAILBOXES) : of.mailbox}@${of.domain}`;
  return {
    id,
    name: respell(random, of, slips),
    emails: there(0.25) ? [chance(random, 0.2) ? email.toUpperCase() : email] : [],
    phones: there(0.4) ? [chance(random, 0.5) ? of.phone : of.phone.replaceAll(' ', chance(random, 0.5) ? '' : '-')] : [],
    address: there(0.35)
      ? {
          line1: there(0.1) ? of.line1.replace('Street', chance(random, 0.4) ? 'St.' : 'Street') : null,
          city: of.city,
          postalCode: there(0.15) ? of.postalCode : null,
          country: of.country,
        }
      : null,
    website: of.domain !== null && there(0.6) ? `https://www.${of.domain}/` : null,
    taxId: of.taxId !== '' && !there(0.5) ? null : chance(random, 0.3) && of.taxId !== '' ? of.taxId : null,
  };
}

/** Two that are not the same, though much about them is. */
const NEAR: [string, (random: Random, of: Company, other: Company) => Company][] = [
  [
    'a daughter in another country',
    (random, of, other) => ({
      ...other,
      domain: of.domain ?? `${slugOf(of.core)}.com`,
      mailbox: `${of.mailbox}.${other.country.toLowerCase()}`,
      core: chance(random, 0.5) ? of.core : `${of.core} ${other.city}`,
    }),
  ],
  [
    'another legal person at the same place',
    (random, of, other) => ({
      ...of,
      form: pick(
        random,
        (COUNTRIES[of.country]?.forms ?? []).filter((form) => form !== '' && form !== 'Co.'),
      ),
      core: `${of.core} ${pick(random, ['Holding', 'Immobilien', 'Leasing', 'Foundation', 'Pension Fund'])}`,
      taxId: other.taxId,
    }),
  ],
  [
    'a numbered branch',
    (random, of, other) => ({ ...of, core: `${of.core} ${random.between(2, 40)}`, line1: other.line1, phone: other.phone }),
  ],
  ['a namesake elsewhere', (_random, of, other) => ({ ...other, core: of.core, publicTag: `${of.publicTag}x` })],
  [
    'a franchise of the same name and domain',
    (_random, of, other) => ({
      ...of,
      domain: of.domain ?? `${slugOf(of.core)}.com`,
      line1: other.line1,
      city: other.city,
      country: other.country,
      postalCode: other.postalCode,
      phone: other.phone,
      mailbox: slugOf(`${other.city}${other.postalCode}`),
      taxId: other.taxId,
    }),
  ],
  ['the same bookkeeper', (_random, of, other) => ({ ...other, domain: of.domain, publicHost: of.publicHost, mailbox: of.mailbox })],
  [
    'the same office and switchboard',
    (_random, of, other) => ({ ...other, country: of.country, city: of.city, postalCode: of.postalCode, line1: of.line1, phone: of.phone }),
  ],
  [
    'a name one word apart',
    (random, of, other) => ({
      ...other,
      core: of.core.replace(/\S+$/, pick(random, SECOND)),
      publicTag: `${of.publicTag}x`,
      city: of.city,
      postalCode: of.postalCode,
      country: of.country,
    }),
  ],
];

/** Somebody else in the same household. */
function relative(random: Random, of: Company, serial: number): Company {
  const other = person(random, serial);
  return { ...of, core: `${other.core.split(' ')[0] ?? ''} ${of.core.split(' ').at(-1) ?? ''}` };
}

/** Labelled pairs, the first half the same customer. Deterministic by seed. */
export function labelledPairs(seed: number, count: number): Pair[] {
  const random = randomOf(seed, 'customers');
  const pairs: Pair[] = [];
  for (let serial = 0; serial < count / 2; serial += 1) {
    const of = chance(random, 0.15) ? person(random, serial) : company(random, serial);
    pairs.push({
      ours: record(random, `a${serial}`, of, 0.6, 0.15),
      theirs: record(random, `b${serial}`, of, 0.6, 0.15),
      same: true,
      kind: of.form === '' ? 'a person' : 'a company',
    });
  }
  for (let serial = pairs.length; pairs.length < count; serial += 1) {
    const household = chance(random, 0.15);
    const of = household ? person(random, serial) : company(random, serial);
    const [kind, near] = household ? (['a household', null] as const) : pick(random, NEAR);
    const other = near ? near(random, of, company(random, serial + 1_000_000)) : relative(random, of, serial);
    if (isSame(of, other)) continue;
    pairs.push({
      ours: record(random, `a${serial}`, of, 0.6, 0.15),
      theirs: record(random, `b${serial}`, other, 0.6, 0.15),
      same: false,
      kind,
    });
  }
  return pairs;
}

/** Chance made a neighbour of itself: such a pair has no label. */
const isSame = (of: Company, other: Company): boolean =>
  of.core === other.core && of.postalCode === other.postalCode && of.form === other.form;

/** Two systems that share `shared` of their customers, who bear the same id in both; the same for a seed, however often it is read. */
export function* population(seed: number, count: number, shared: number): Generator<{ ours: Party; theirs: Party }> {
  const random = randomOf(seed, 'customers');
  for (let serial = 0; serial < count; serial += 1) {
    const of = chance(random, 0.15) ? person(random, serial) : company(random, serial);
    const ours = record(random, `s${serial}`, of, 0.6, 0.15);
    const same = chance(random, shared);
    const theirs = record(random, same ? `s${serial}` : `t${serial}`, same ? of : company(random, serial + count), 0.6, 0.15);
    yield { ours, theirs };
  }
}
