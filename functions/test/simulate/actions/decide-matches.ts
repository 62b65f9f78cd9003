import { type Action, type Row, rows } from '../simulation.ts';
import { inDashboard } from './clerk.ts';

/** An admin says who a customer or what a product is, mostly of a question that is open, sometimes of one that was settled. */
const decideMatch: Action = {
  name: 'decide-match',
  weight: 6,
  async act(simulation) {
    const { random } = simulation;
    const reviews = rows(simulation, 'SELECT Id, Status__c, Candidates__c, Product__c FROM Trueup_Match_Review__c ORDER BY Id');
    const open = reviews.filter((review) => review['Status__c'] === 'Open');
    const review = open.length > 0 && random.chance(0.8) ? random.pick(open) : random.pick([...reviews, null]);
    if (!review) return false;
    const { candidates = [] } = JSON.parse(String(review['Candidates__c'] || '{}')) as { candidates?: Row[] };
    const candidateId = candidates.length > 0 ? String(random.pick(candidates)['id']) : null;
    const choice = random.pick(candidateId === null ? ['create-new', 'undo'] : ['link', 'link', 'create-new', 'not-the-same', 'undo']);
    if (review['Product__c']) simulation.intentions.decidedProducts.add(String(review['Product__c']));
    await simulation.call('admin', 'decide-match', { reviewId: review['Id'], choice, candidateId });
    return true;
  },
};

/** Somebody tidies up Stripe's catalogue, or takes that back. */
const archive = (name: string, weight: number, active: boolean): Action => ({
  name,
  weight,
  async act(simulation) {
    const products = (simulation.stripe.db.products.all() as Row[]).filter((product) => product['active'] !== active);
    if (products.length === 0) return false;
    const id = String(simulation.random.pick(products)['id']);
    if (!active) simulation.intentions.archived.add(id);
    return inDashboard(simulation, 'POST', `/v1/products/${id}`, { active: String(active) });
  },
});

/** Somebody enters a customer in Stripe who is an account of Salesforce: one such is linked when it is billed first, of several a person is asked. */
const enterAgain: Action = {
  name: 'enter-customer-again',
  weight: 3,
  async act(simulation) {
    const accounts = rows(simulation, 'SELECT Id, Name FROM Account ORDER BY Id');
    const { Id, Name } = simulation.random.pick(accounts);
    const [contact] = rows(simulation, `SELECT Email FROM Contact WHERE AccountId = '${String(Id)}' AND Email != null ORDER BY Id LIMIT 1`);
    return inDashboard(simulation, 'POST', '/v1/customers', { name: Name, ...(contact ? { email: contact['Email'] } : {}) });
  },
};

export const DECIDING: readonly Action[] = [
  decideMatch,
  enterAgain,
  archive('archive-product', 2, false),
  archive('restore-product', 1, true),
];
