import type { Random } from '../simulate/dice.ts';

// Invents customers of four countries: companies named for a place, a person or both, and persons.

const FIRST =
  'Northern Pacific Golden Blue Silver Alpine Harbor Summit Liberty Pioneer Cascade Redwood Sterling Granite Meridian Horizon Atlas Beacon Crescent Evergreen Falcon Keystone Lakeside Magnolia Noble Orchard Prairie Quantum Riverside Sapphire Timber Union Valley Westbrook Zenith Amber Birch Cobalt Dunmore Elmwood Fairview Glenwood Hawthorne Ironwood Juniper Kingston Lindqvist Müller Ångström Peña Łukasz Søndergaard Façonnable Brontë Ardèche'.split(
    ' ',
  );
export const SECOND =
  'Robotics Foods Logistics Software Dental Plumbing Interiors Textiles Bearings Optics Marine Aviation Chemicals Printing Roofing Insurance Catering Packaging Fitness Media Games Pharma Steel Glass Energy Farms Motors Design Security Networks Instruments Laboratories Industries Technologies Systems Services Solutions Manufacturing Consulting Holdings'.split(
    ' ',
  );
const PEOPLE =
  'James Mary Robert Patricia Anna Michael Linda José Élise Björn Wei Fatima Olga Kenji Priya Carlos Ingrid Noah Grace Hugo'.split(' ');
const SURNAMES =
  'Smith Johnson García Nguyen Kowalski Olsen Haddad Tanaka Rossi Dubois Andersson Okafor Novak Weber Silva Murphy Ivanova Chen Patel Kim Brown Moreau Fischer Santos Lindgren'.split(
    ' ',
  );
const STREETS =
  'High Street,Main Street,Oak Avenue,Station Road,Mill Lane,Church Street,Park Avenue,Maple Drive,King Street,Harbour Road,Elm Street,Market Square,Industrial Way,Lake View,Victoria Road'.split(
    ',',
  );
export const COUNTRIES: Record<string, { forms: string[]; cities: [string, string][]; phone: string; tld: string }> = {
  US: {
    forms: ['Inc.', 'Inc', 'LLC', 'Corp.', 'Corporation', 'Incorporated', 'Co.', ''],
    cities: [
      ['Portland', '972'],
      ['Austin', '787'],
      ['Boston', '021'],
      ['Denver', '802'],
    ],
    phone: '+1 503 55',
    tld: 'com',
  },
  GB: {
    forms: ['Ltd', 'Limited', 'Ltd.', 'PLC', ''],
    cities: [
      ['Leeds', 'LS1'],
      ['Bristol', 'BS2'],
      ['Glasgow', 'G3'],
    ],
    phone: '+44 20 794',
    tld: 'co.uk',
  },
  DE: {
    forms: ['GmbH', 'GmbH & Co. KG', 'AG', 'KG'],
    cities: [
      ['Hamburg', '200'],
      ['München', '803'],
      ['Köln', '506'],
    ],
    phone: '+49 40 30',
    tld: 'de',
  },
  FR: {
    forms: ['SARL', 'S.A.R.L.', 'SAS', 'SA'],
    cities: [
      ['Lyon', '690'],
      ['Nantes', '440'],
      ['Orléans', '450'],
    ],
    phone: '+33 1 42',
    tld: 'fr',
  },
};
export const MAILBOXES = ['billing', 'accounts', 'ap', 'info', 'finance', 'office', 'hello'];

/** A customer as it is, before anybody writes it down. */
export interface Company {
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

export const pick = <T>(random: Random, of: readonly T[]): T => random.pick(of);
export const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.between(0, 9)).join('');
export const chance = (random: Random, share: number): boolean => random.chance(share);

export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

export function company(random: Random, serial: number): Company {
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

export function person(random: Random, serial: number): Company {
  const base = company(random, serial);
  const core = `${pick(random, PEOPLE)} ${pick(random, SURNAMES)}`;
  return { ...base, core, form: '', domain: null, taxId: '' };
}
