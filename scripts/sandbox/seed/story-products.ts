export interface StoryProduct {
  code: string;
  name: string;
  /** List price per currency, as a decimal string with the currency's own digits. */
  prices: Record<string, string>;
  /** How QuickBooks knows it: an active item, a retired one, or not at all. */
  quickBooks: 'active' | 'inactive' | 'missing';
}

export const products: StoryProduct[] = [
  { code: 'RB-200', name: 'Inspection robot RB-200', prices: { USD: '18500.00', EUR: '17200.00', JPY: '2780000' }, quickBooks: 'active' },
  { code: 'RB-SENS', name: 'Thermal sensor', prices: { USD: '349.90', EUR: '329.50', JPY: '52500' }, quickBooks: 'active' },
  { code: 'RB-INST', name: 'On-site installation, day', prices: { USD: '1250.00', EUR: '1180.00', JPY: '188000' }, quickBooks: 'active' },
  { code: 'RB-CARE', name: 'Care plan, year', prices: { USD: '2400.00', EUR: '2250.00', JPY: '361000' }, quickBooks: 'active' },
  { code: 'RB-TRAIN', name: 'Operator training, seat', prices: { USD: '195.00', EUR: '182.00', JPY: '29300' }, quickBooks: 'active' },
  { code: 'RB-LEG', name: 'Controller, first generation', prices: { USD: '780.00' }, quickBooks: 'inactive' },
  { code: 'RB-GRIP', name: 'Gripper, pre-series', prices: { USD: '4100.00' }, quickBooks: 'missing' },
];
