import type { Party } from '../../src/domain/match-customers/party.ts';

// Written by hand: what real lists of customers hold. `link` links by itself; `review` needs a person; `apart` is nobody's business.

type Fields = Partial<Omit<Party, 'address'>> & {
  at?: [line1: string | null, city: string | null, postalCode: string | null, country: string | null];
};
export type Verdict = 'link' | 'review' | 'apart';

export function party(name: string, { at, ...fields }: Fields = {}): Party {
  const [line1, city, postalCode, country] = at ?? [null, null, null, null];
  const address = at ? { line1, city, postalCode, country } : null;
  return { id: name, name, emails: [], phones: [], website: null, taxId: null, address, ...fields };
}

const mail = (...emails: string[]): Fields => ({ emails });

export const HARD_CASES: [why: string, ours: Party, theirs: Party, verdict: Verdict][] = [
  [
    'case, punctuation and form',
    party('Harbor Dental, Inc.', mail('ann.lee@harbordental.com')),
    party('HARBOR DENTAL INC', mail('Ann.Lee@HarborDental.com ')),
    'link',
  ],
  [
    'a form left out',
    party('Bluewater Optics LLC', mail('joe.r@bluewater.io')),
    party('Bluewater Optics', mail('joe.r@bluewater.io')),
    'link',
  ],
  [
    'accents left out',
    party('Société Ardèche Façade SARL', mail('marie.d@ardeche-facade.fr')),
    party('Societe Ardeche Facade', mail('marie.d@ardeche-facade.fr')),
    'link',
  ],
  [
    'ß, ø and ł',
    party('Groß & Søn Łódź GmbH', { taxId: 'DE123456789' }),
    party('Gross und Son Lodz GmbH', { taxId: 'de 123 456 789' }),
    'link',
  ],
  [
    'abbreviations',
    party('Pacific Intl. Mfg. Co.', { phones: ['(415) 555-2671'] }),
    party('Pacific International Manufacturing Company', { phones: ['+1 415 555 2671'] }),
    'link',
  ],
  [
    'ampersand and word',
    party('Fox & Hound Ltd', { phones: ['020 7946 0018'], at: [null, 'London', null, 'GB'] }),
    party('Fox and Hound Limited', { phones: ['+44 20 7946 0018'] }),
    'link',
  ],
  ['a dotted form', party('Lumière S.A.R.L.', mail('paul@lumiere.fr')), party('Lumiere SARL', mail('paul@lumiere.fr')), 'link'],
  [
    'words in another order',
    party('Smith, John', mail('john.smith88@gmail.com')),
    party('John Smith', mail('johnsmith88@gmail.com')),
    'link',
  ],
  [
    'a tag in the address',
    party('Ida Ruiz', mail('ida.ruiz+billing@outlook.com')),
    party('Ida Ruiz', mail('ida.ruiz@outlook.com')),
    'link',
  ],
  [
    'a slip, confirmed by the domain and telephone',
    party('Cascade Robotcs', { website: 'cascaderobotics.com', phones: ['+15035550123'] }),
    party('Cascade Robotics', { website: 'https://www.cascaderobotics.com/contact', phones: ['503-555-0123'] }),
    'link',
  ],
  ['two letters swapped', party('Meridian Pahrma', { taxId: '12-3456789' }), party('Meridian Pharma', { taxId: '123456789' }), 'link'],
  [
    'written in one word',
    party('Data Dog Supplies', mail('kim@datadogsupplies.com')),
    party('Datadog Supplies', mail('kim@datadogsupplies.com')),
    'link',
  ],
  [
    'the same address alone',
    party('Nobel Garage', { at: ['12 High Street', 'Leeds', 'LS1 4AP', 'GB'] }),
    party('Nobel Garage Ltd', { at: ['12, High St.', 'Leeds', 'ls14ap', 'United Kingdom'] }),
    'link',
  ],
  [
    'ZIP+4',
    party('Oak Bakery', { at: ['5 Oak Ave', 'Austin', '78701-1234', 'US'] }),
    party('Oak Bakery', { at: ['5 Oak Avenue', 'Austin', '78701', 'USA'] }),
    'link',
  ],
  ['junior and senior', party('Robert Hale Jr.', mail('hale@hale.org')), party('Robert Hale Sr.', mail('hale@hale.org')), 'review'],
  ['a numbered store', party('Quick Mart 12', { website: 'quickmart.com' }), party('Quick Mart 21', { website: 'quickmart.com' }), 'apart'],
  ['numbers with a nought before them', party('Store 007', mail('kay@store.com')), party('Store 7', mail('kay@store.com')), 'link'],
  ['Roman and Arabic', party('Fund II LP', mail('k.o@fund.com')), party('Fund 2 L.P.', mail('k.o@fund.com')), 'link'],
  [
    'Fund II and Fund III',
    party('Alpha Growth Fund II', mail('k.o@alpha.com')),
    party('Alpha Growth Fund III', mail('k.o@alpha.com')),
    'review',
  ],
  [
    'GmbH and AG of one house',
    party('Kessler GmbH', mail('a.kessler@kessler.de')),
    party('Kessler AG', mail('a.kessler@kessler.de')),
    'review',
  ],
  [
    'Inc and LLC of one house',
    party('Summit Inc', { phones: ['+15035550100'] }),
    party('Summit LLC', { phones: ['+15035550100'] }),
    'review',
  ],
  [
    'a daughter abroad',
    party('Atlas Foods', { website: 'atlas.com', at: [null, 'Boston', null, 'US'] }),
    party('Atlas Foods', { website: 'atlas.com', at: [null, 'Lyon', null, 'FR'] }),
    'review',
  ],
  [
    'a daughter with the country in its name',
    party('Acme', mail('t.b@acme.com')),
    party('Acme Deutschland', mail('t.b@acme.com')),
    'review',
  ],
  [
    'the holding above it',
    party('Brandt Logistics GmbH', { at: ['Hafen 3', 'Hamburg', '20457', 'DE'] }),
    party('Brandt Holding GmbH', { at: ['Hafen 3', 'Hamburg', '20457', 'DE'] }),
    'apart',
  ],
  ['the same info@ and nothing else', party('Red Pine', mail('info@redpine.com')), party('Red Pine', mail('info@redpine.com')), 'review'],
  ['the same name alone', party('Smith Plumbing'), party('Smith Plumbing'), 'review'],
  [
    'the same name in another town',
    party('Smith Plumbing', { at: [null, 'Leeds', null, 'GB'] }),
    party('Smith Plumbing', { at: [null, 'Bristol', null, 'GB'] }),
    'apart',
  ],
  [
    'a household',
    party('Anna Berg', { emails: ['berg@gmx.de'], phones: ['+494030123456'] }),
    party('Anne Berg', { emails: ['berg@gmx.de'], phones: ['+494030123456'] }),
    'review',
  ],
  [
    'two tax ids',
    party('Nordic Foods AB', { taxId: 'SE556677889901', emails: ['eva@nordic.se'] }),
    party('Nordic Foods AB', { taxId: 'SE112233445501', emails: ['eva@nordic.se'] }),
    'review',
  ],
  [
    "a bookkeeper's mailbox",
    party('Lena Florist', mail('desk@numbers-bookkeeping.com')),
    party('Otto Butcher', mail('desk@numbers-bookkeeping.com')),
    'review',
  ],
  [
    'one office tower, one switchboard',
    party('Alba Law', { phones: ['+12125550100'], at: ['1 Tower Plaza', 'New York', '10001', 'US'] }),
    party('Bronx Media', { phones: ['+12125550100'], at: ['1 Tower Plaza', 'New York', '10001', 'US'] }),
    'apart',
  ],
  ['initials', party('IBM', mail('j.d@ibm.com')), party('International Business Machines Corporation', mail('j.d@ibm.com')), 'review'],
  ['one word apart', party('Pacific Steel'), party('Pacific Steam'), 'apart'],
  ['names of empty words', party('The Company', mail('x.y@thecompany.com')), party('The Company Inc', mail('x.y@thecompany.com')), 'link'],
  ['a name of digits', party('3M', mail('p.q@3m.com')), party('3M Company', mail('p.q@3m.com')), 'link'],
  ['different digits', party('3M', mail('p.q@mmm.com')), party('4M', mail('p.q@mmm.com')), 'review'],
  ['a name in another script', party('日本電気株式会社', mail('sato@nec.jp')), party('日本電気株式会社', mail('sato@nec.jp')), 'link'],
  ['nothing at all', party(''), party(''), 'apart'],
];
