export interface StoryContact {
  key: string;
  firstName: string;
  lastName: string;
  title: string;
  email?: string;
  phone: string;
}

export interface StoryAccount {
  key: string;
  name: string;
  currency: string;
  industry: string;
  website: string;
  phone: string;
  street: string;
  city: string;
  state?: string;
  postalCode: string;
  country: string;
  contacts: StoryContact[];
  /** Whom the providers know already, under the same name, e-mail, telephone number and address. */
  knownTo: ('stripe' | 'quickbooks')[];
  /** What the accountant wrote otherwise: it takes a person to tell that they are one. */
  inQuickBooks?: { email: string; phone: string; street: string };
  owner: 'rep' | 'admin';
}

export const accounts: StoryAccount[] = [
  {
    key: 'HARBOR',
    name: 'Harbor Foods, Inc.',
    currency: 'USD',
    industry: 'Food & Beverage',
    website: 'https://harborfoods.example',
    phone: '+1 206 555 0142',
    street: '1400 Alaskan Way',
    city: 'Seattle',
    state: 'WA',
    postalCode: '98101',
    country: 'United States',
    contacts: [
      {
        key: 'DANA',
        firstName: 'Dana',
        lastName: 'Whitfield',
        title: 'Accounts payable',
        email: 'ap@harborfoods.example',
        phone: '+1 206 555 0143',
      },
      {
        key: 'LUIS',
        firstName: 'Luis',
        lastName: 'Ortega',
        title: 'Plant manager',
        email: 'luis.ortega@harborfoods.example',
        phone: '+1 206 555 0144',
      },
    ],
    knownTo: ['stripe', 'quickbooks'],
    owner: 'rep',
  },
  {
    key: 'ALPINE',
    name: 'Alpine Bau GmbH',
    currency: 'EUR',
    industry: 'Construction',
    website: 'https://alpinebau.example',
    phone: '+49 89 555 0170',
    street: 'Lindwurmstraße 88',
    city: 'München',
    postalCode: '80337',
    country: 'Germany',
    contacts: [
      {
        key: 'JANA',
        firstName: 'Jana',
        lastName: 'Köhler',
        title: 'Einkauf',
        email: 'rechnung@alpinebau.example',
        phone: '+49 89 555 0171',
      },
    ],
    knownTo: [],
    owner: 'rep',
  },
  {
    key: 'SAKURA',
    name: 'Sakura Logistics K.K.',
    currency: 'JPY',
    industry: 'Transportation',
    website: 'https://sakura-logistics.example',
    phone: '+81 6 5550 0188',
    street: '2-4-9 Umeda, Kita-ku',
    city: 'Osaka',
    postalCode: '530-0001',
    country: 'Japan',
    contacts: [
      {
        key: 'YUKI',
        firstName: 'Yuki',
        lastName: 'Tanaka',
        title: 'Finance',
        email: 'keiri@sakura-logistics.example',
        phone: '+81 6 5550 0189',
      },
    ],
    knownTo: [],
    owner: 'rep',
  },
  {
    key: 'MEADOW',
    name: 'Meadowlark Clinics',
    currency: 'USD',
    industry: 'Healthcare',
    website: 'https://meadowlark.example',
    phone: '+1 303 555 0110',
    street: '77 Wazee Street',
    city: 'Denver',
    state: 'CO',
    postalCode: '80202',
    country: 'United States',
    contacts: [{ key: 'PRIYA', firstName: 'Priya', lastName: 'Raman', title: 'Operations', phone: '+1 303 555 0111' }],
    knownTo: ['quickbooks'],
    inQuickBooks: { email: 'office@meadowlark.example', phone: '+1 303 555 0164', street: '1200 Larimer Street' },
    owner: 'rep',
  },
  {
    key: 'COBALT',
    name: 'Cobalt Freight LLC',
    currency: 'USD',
    industry: 'Shipping',
    website: 'https://cobaltfreight.example',
    phone: '+1 713 555 0127',
    street: '9 Navigation Boulevard',
    city: 'Houston',
    state: 'TX',
    postalCode: '77003',
    country: 'United States',
    contacts: [
      {
        key: 'OMAR',
        firstName: 'Omar',
        lastName: 'Haddad',
        title: 'Controller',
        email: 'billing@cobaltfreight.example',
        phone: '+1 713 555 0128',
      },
    ],
    knownTo: [],
    owner: 'rep',
  },
  {
    key: 'VESTA',
    name: 'Vesta Energy Partners',
    currency: 'USD',
    industry: 'Energy',
    website: 'https://vesta.example',
    phone: '+1 512 555 0155',
    street: '300 Congress Avenue',
    city: 'Austin',
    state: 'TX',
    postalCode: '78701',
    country: 'United States',
    contacts: [
      {
        key: 'INGRID',
        firstName: 'Ingrid',
        lastName: 'Solberg',
        title: 'Procurement',
        email: 'payables@vesta.example',
        phone: '+1 512 555 0156',
      },
    ],
    knownTo: [],
    owner: 'admin',
  },
];
