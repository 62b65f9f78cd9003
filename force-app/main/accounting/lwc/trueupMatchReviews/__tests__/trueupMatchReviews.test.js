import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import decideMatch from '@salesforce/apex/TrueupMatchReviewController.decideMatch';
import openReviews from '@salesforce/apex/TrueupMatchReviewController.openReviews';
import TrueupMatchReviews from 'c/trueupMatchReviews';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupMatchReviewController.decideMatch', () => ({ default: jest.fn() }), { virtual: true });
jest.mock(
  '@salesforce/apex/TrueupMatchReviewController.openReviews',
  () => ({ default: jest.requireActual('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const reviewOf = (Id, account, candidates, notSame = []) => ({
  Id,
  Name: `MR-${Id}`,
  System__c: 'Stripe',
  Reason__c: 'A record is alike, but too little of it agrees.',
  Candidates__c: JSON.stringify({ ours: { name: account }, candidates, notSame, undone: [] }),
});
const ACME = reviewOf('a0M1', 'Acme', [{ id: 'cus_1', name: 'Acme Inc', score: 64 }]);
const BETA = reviewOf(
  'a0M2',
  'Beta',
  [
    { id: 'cus_2', name: 'Beta', score: 60 },
    { id: 'cus_3', name: 'Beta Ltd', score: 50 },
  ],
  ['cus_2'],
);
const NOBODY = reviewOf('a0M3', 'Gamma', []);

async function mount(reviews) {
  const element = createElement('c-trueup-match-reviews', { is: TrueupMatchReviews });
  const toasts = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => toasts.push(detail.message));
  document.body.appendChild(element);
  if (reviews) {
    openReviews.emit(reviews);
  }
  await settle();
  return { element, toasts };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const plan = (element) => find(element, '[data-id="plan"]').shadowRoot;
const lines = (element) => [...plan(element).querySelectorAll('[data-consequence]')].map((line) => line.textContent);
async function tick(element, selector) {
  const box = find(element, selector);
  box.checked = true;
  box.dispatchEvent(new CustomEvent('change'));
  await settle();
}
async function press(element, selector) {
  find(element, selector).click();
  await settle();
}
async function confirm(element) {
  plan(element).querySelector('[data-id="confirm"]').click();
  await settle();
}

describe('c-trueup-match-reviews', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads, and that nothing waits', async () => {
    const { element } = await mount();
    expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    openReviews.emit([]);
    await settle();
    expect(find(element, '[data-id="empty"]').textContent).toContain('No account or product waits');
    await expect(element).toBeAccessible();
  });

  it('lists who waits, with the most likely customer that nobody ruled out', async () => {
    const { element } = await mount([ACME, BETA, NOBODY]);
    expect(element.shadowRoot.querySelectorAll('tr[data-row]')).toHaveLength(3);
    expect(find(element, '[data-id="more"]')).toBeNull();
    expect(find(element, '[data-row="a0M1"]').textContent).toContain('Acme Inc (cus_1)');
    expect(find(element, '[data-row="a0M2"]').textContent).toContain('Beta Ltd (cus_3)');
    expect(find(element, '[data-row="a0M3"]').textContent).toContain('Nobody');
    expect(find(element, '[data-choice="link"]').disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('shows a review that cannot be read, to be opened and not decided', async () => {
    const { element } = await mount([ACME, { ...ACME, Id: 'a0M9', Name: 'MR-9', Candidates__c: '?' }]);
    expect(find(element, '[data-row="a0M9"]').textContent).toContain('MR-9');
    expect(find(element, '[data-row="a0M9"]').textContent).toContain('Its candidates cannot be read.');
    expect(find(element, 'input[data-id="a0M9"]').disabled).toBe(true);
    await tick(element, '[data-id="all"]');
    await press(element, '[data-choice="create-new"]');
    expect(lines(element)).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('says that more wait than it shows', async () => {
    const { element } = await mount(Array.from({ length: 101 }, (_, index) => ({ ...ACME, Id: `a0M${1000 + index}` })));
    expect(element.shadowRoot.querySelectorAll('tr[data-row]')).toHaveLength(100);
    expect(find(element, '[data-id="more"]').textContent).toContain('More wait than the 100 shown');
  });

  it('says of each what will happen, then decides one after the other', async () => {
    decideMatch.mockResolvedValueOnce({ outcome: 'done', status: 'Resolved' }).mockResolvedValueOnce({
      outcome: 'rejected',
      problems: [{ message: 'It is linked to another account: Delta.', action: 'Undo that.' }],
    });
    const { element, toasts } = await mount([ACME, BETA, NOBODY]);
    await tick(element, '[data-id="all"]');
    await press(element, '[data-choice="link"]');
    expect(lines(element)).toEqual([
      'Acme: the next invoices go to Acme Inc (cus_1) in Stripe, 64 of 100 alike.',
      'Beta: the next invoices go to Beta Ltd (cus_3) in Stripe, 50 of 100 alike.',
    ]);
    expect(decideMatch).not.toHaveBeenCalled();
    await confirm(element);
    await settle();
    expect(decideMatch.mock.calls.map(([decision]) => decision)).toEqual([
      { reviewId: 'a0M1', choice: 'link', candidateId: 'cus_1' },
      { reviewId: 'a0M2', choice: 'link', candidateId: 'cus_3' },
    ]);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('Beta: It is linked to another account: Delta.');
    expect(toasts).toEqual(['1 of 2 decided.']);
    expect(refreshApex).toHaveBeenCalled();
  });

  it('creates for the chosen ones only, and nothing on Escape', async () => {
    decideMatch.mockRejectedValue({ body: { message: 'No answer.' } });
    const { element } = await mount([ACME, NOBODY]);
    await tick(element, 'input[data-id="a0M3"]');
    await press(element, '[data-choice="create-new"]');
    expect(lines(element)).toEqual(['Gamma: a new customer is created in Stripe now and linked, in your name.']);
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true });
    plan(element).querySelector('[data-id="confirm"]').dispatchEvent(escape);
    await settle();
    expect(find(element, '[data-id="plan"]')).toBeNull();
    await press(element, '[data-choice="create-new"]');
    await confirm(element);
    await settle();
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('Gamma: No answer.');
  });

  it('links products too, says what an item sells already, and creates none', async () => {
    decideMatch.mockResolvedValue({ outcome: 'done', status: 'Resolved' });
    const product = reviewOf('a0M4', 'Robot', [
      { id: '10', name: 'Robot', score: 100, active: false },
      { id: '11', name: 'Robots', score: 60, active: true, alsoSells: ['Robot, old'] },
    ]);
    const content = { ...JSON.parse(product.Candidates__c), ours: { productId: '01t', name: 'Robot', code: null } };
    const { element } = await mount([{ ...product, System__c: 'QuickBooks', Candidates__c: JSON.stringify(content) }]);
    await tick(element, 'input[data-id="a0M4"]');
    expect(find(element, '[data-choice="create-new"]').disabled).toBe(true);
    await press(element, '[data-choice="link"]');
    expect(lines(element)).toEqual([
      'Robot: sold as Robots (11) in QuickBooks from the next invoice on, 60 of 100 alike. It sells another product too: Robot, old.',
    ]);
    await confirm(element);
    expect(decideMatch).toHaveBeenCalledWith({ reviewId: 'a0M4', choice: 'link', candidateId: '11' });
  });

  it('creates products in Stripe, together with customers', async () => {
    decideMatch.mockResolvedValue({ outcome: 'done', status: 'Resolved' });
    const product = reviewOf('a0M4', 'Robot', [{ id: 'prod_1', name: 'Robot', score: 60, active: true }]);
    const content = { ...JSON.parse(product.Candidates__c), ours: { productId: '01t', name: 'Robot', code: null } };
    const { element } = await mount([ACME, { ...product, Candidates__c: JSON.stringify(content) }]);
    await tick(element, 'input[data-id="all"]');
    await press(element, '[data-choice="create-new"]');
    expect(plan(element).querySelector('[data-id="question"]').textContent).toBe('Create new customers and products for those chosen (2)?');
    expect(lines(element)).toEqual([
      'Acme: a new customer is created in Stripe now and linked, in your name.',
      'Robot: a new product is created in Stripe now and linked, in your name.',
    ]);
    await confirm(element);
    expect(decideMatch).toHaveBeenLastCalledWith({ reviewId: 'a0M4', choice: 'create-new', candidateId: null });
  });

  it('says what happened when the reviews cannot be read', async () => {
    const { element } = await mount();
    openReviews.error({ message: 'No access.' });
    await settle();
    expect(find(element, '[data-id="load-error"]').shadowRoot.textContent).toContain('No access.');
  });
});
