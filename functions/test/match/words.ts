// What invented names and addresses are made of.

export const FIRST =
  'Northern Pacific Golden Blue Silver Alpine Harbor Summit Liberty Pioneer Cascade Redwood Sterling Granite Meridian Horizon Atlas Beacon Crescent Evergreen Falcon Keystone Lakeside Magnolia Noble Orchard Prairie Quantum Riverside Sapphire Timber Union Valley Westbrook Zenith Amber Birch Cobalt Dunmore Elmwood Fairview Glenwood Hawthorne Ironwood Juniper Kingston Lindqvist Müller Ångström Peña Łukasz Søndergaard Façonnable Brontë Ardèche'.split(
    ' ',
  );
export const SECOND =
  'Robotics Foods Logistics Software Dental Plumbing Interiors Textiles Bearings Optics Marine Aviation Chemicals Printing Roofing Insurance Catering Packaging Fitness Media Games Pharma Steel Glass Energy Farms Motors Design Security Networks Instruments Laboratories Industries Technologies Systems Services Solutions Manufacturing Consulting Holdings'.split(
    ' ',
  );
export const PEOPLE =
  'James Mary Robert Patricia Anna Michael Linda José Élise Björn Wei Fatima Olga Kenji Priya Carlos Ingrid Noah Grace Hugo'.split(' ');
export const SURNAMES =
  'Smith Johnson García Nguyen Kowalski Olsen Haddad Tanaka Rossi Dubois Andersson Okafor Novak Weber Silva Murphy Ivanova Chen Patel Kim Brown Moreau Fischer Santos Lindgren'.split(
    ' ',
  );
export const STREETS =
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
