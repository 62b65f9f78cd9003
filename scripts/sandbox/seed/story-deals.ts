export interface StoryLine {
  product: string;
  quantity: string;
  /** Sales price when it differs from the list. */
  price?: string;
  description?: string;
}

export interface StoryDeal {
  key: string;
  kind: 'opportunity' | 'order';
  account: string;
  contact?: string;
  name: string;
  stage: string;
  /** Days from the day the sandbox is seeded. */
  closesInDays: number;
  lines: StoryLine[];
  owner: 'rep' | 'admin';
}

export const deals: StoryDeal[] = [
  {
    key: 'HARBOR_PLANT_3',
    kind: 'opportunity',
    account: 'HARBOR',
    contact: 'DANA',
    name: 'Harbor Foods - Plant 3 rollout',
    stage: 'Closed Won',
    closesInDays: -6,
    lines: [
      { product: 'RB-200', quantity: '3', price: '17900.00' },
      { product: 'RB-SENS', quantity: '12' },
      { product: 'RB-INST', quantity: '4.5' },
      { product: 'RB-CARE', quantity: '3' },
      { product: 'RB-TRAIN', quantity: '8', description: 'Operator training, two groups of four' },
    ],
    owner: 'rep',
  },
  {
    key: 'ALPINE_NORD',
    kind: 'opportunity',
    account: 'ALPINE',
    contact: 'JANA',
    name: 'Alpine Bau - Baustelle Nord',
    stage: 'Closed Won',
    closesInDays: -12,
    lines: [
      { product: 'RB-200', quantity: '1' },
      { product: 'RB-INST', quantity: '2' },
      { product: 'RB-TRAIN', quantity: '5' },
    ],
    owner: 'rep',
  },
  {
    key: 'SAKURA_OSAKA',
    kind: 'opportunity',
    account: 'SAKURA',
    contact: 'YUKI',
    name: 'Sakura Logistics - Osaka hub',
    stage: 'Closed Won',
    closesInDays: -3,
    lines: [
      { product: 'RB-200', quantity: '2' },
      { product: 'RB-SENS', quantity: '6' },
      { product: 'RB-CARE', quantity: '2' },
    ],
    owner: 'rep',
  },
  {
    key: 'MEADOW_PILOT',
    kind: 'opportunity',
    account: 'MEADOW',
    contact: 'PRIYA',
    name: 'Meadowlark Clinics - pilot',
    stage: 'Negotiation/Review',
    closesInDays: 20,
    lines: [{ product: 'RB-SENS', quantity: '4' }],
    owner: 'rep',
  },
  {
    key: 'COBALT_SPARES',
    kind: 'opportunity',
    account: 'COBALT',
    contact: 'OMAR',
    name: 'Cobalt Freight - spare parts',
    stage: 'Closed Won',
    closesInDays: -1,
    lines: [
      { product: 'RB-LEG', quantity: '2' },
      { product: 'RB-GRIP', quantity: '1' },
      { product: 'RB-SENS', quantity: '2' },
    ],
    owner: 'rep',
  },
  {
    key: 'VESTA_SURVEY',
    kind: 'opportunity',
    account: 'VESTA',
    contact: 'INGRID',
    name: 'Vesta Energy - pipeline survey',
    stage: 'Closed Won',
    closesInDays: -9,
    lines: [{ product: 'RB-200', quantity: '1' }],
    owner: 'admin',
  },
  {
    key: 'HARBOR_ORDER',
    kind: 'order',
    account: 'HARBOR',
    contact: 'DANA',
    name: 'Harbor Foods - sensors for cold storage',
    stage: 'Activated',
    closesInDays: -2,
    lines: [
      { product: 'RB-SENS', quantity: '24', price: '329.90' },
      { product: 'RB-INST', quantity: '1.5' },
    ],
    owner: 'rep',
  },
  {
    key: 'ALPINE_ORDER',
    kind: 'order',
    account: 'ALPINE',
    contact: 'JANA',
    name: 'Alpine Bau - care plans',
    stage: 'Draft',
    closesInDays: 5,
    lines: [{ product: 'RB-CARE', quantity: '2' }],
    owner: 'rep',
  },
];
