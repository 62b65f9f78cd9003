// One story, told in data: Ridgeline Robotics sells inspection robots in dollars, euros and yen. Keys in capitals are names inside
// the story; the systems give the ids.

export { accounts } from './story-accounts.ts';
export { type StoryDeal, deals } from './story-deals.ts';
export { products } from './story-products.ts';

/** The selling company and the set of books the sandbox connects. */
export const company = {
  key: 'main',
  name: 'Ridgeline Robotics, Inc.',
  homeCurrency: 'USD',
  timeZone: 'America/Los_Angeles',
  numberPrefix: 'RR-',
  defaultTerms: 'Net 30',
  currencies: ['USD', 'EUR', 'JPY', 'KWD'],
};
