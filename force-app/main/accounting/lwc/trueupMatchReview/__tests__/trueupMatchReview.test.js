import { createElement } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import decideMatch from '@salesforce/apex/TrueupMatchReviewController.decideMatch';
import TrueupMatchReview from 'c/trueupMatchReview';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupMatchReviewController.decideMatch', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/Trueup_Administer', () => ({ default: true }), { virtual: true });

const candidate = (id, change = {}) => ({
  id,
  name: 'Meadowlark Clinics',
  email: 'office@meadowlark.example',
  phone: null,
  address: { line1: '1200 Larimer Street', city: 'Denver', state: 'CO', postalCode: '80202' },
  active: true,
  url: `https://books.example/${id}`,
  score: 35,
  reasons: ['The names are the same.', 'The streets differ.'],
  doubts: [],
  fields: { name: 'same', email: 'different', phone: 'unknown', address: 'alike' },
  ...change,
});
const OURS = { name: 'Meadowlark Clinics', email: 'ap@meadowlark.example', phone: '+1 303 555 0110', address: null };
const contentOf = (change) => ({
  currency: 'USD',
  ours: OURS,
  candidates: [candidate('7'), candidate('8')],
  notSame: [],
  undone: [],
  broken: null,
  ...change,
});
const recordOf = (status, content = contentOf()) => ({
  fields: {
    Status__c: { value: status },
    System__c: { value: 'QuickBooks' },
    Reason__c: { value: 'Several records are alike.' },
    Candidates__c: { value: typeof content === 'string' ? content : JSON.stringify(content) },
  },
});

async function mount(record) {
  const element = createElement('c-trueup-match-review', { is: TrueupMatchReview });
  element.recordId = 'a0M';
  document.body.appendChild(element);
  if (record) {
    getRecord.emit(record);
  }
  await settle();
  return element;
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
async function choose(element, choice, id) {
  find(element, `[data-choice="${choice}"]${id ? `[data-candidate="${id}"]` : ''}`).click();
  await settle();
}
const asking = (element, selector) => [...find(element, '[data-id="asking"]').shadowRoot.querySelectorAll(selector)];
async function confirm(element) {
  asking(element, '[data-id="confirm"]')[0].click();
  await settle();
}

describe('c-trueup-match-review', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('shows that it loads', async () => {
    expect(find(await mount(), 'lightning-spinner').alternativeText).toBe('Loading');
  });

  it('shows both sides with what differs', async () => {
    const element = await mount(recordOf('Open'));
    expect(find(element, '[data-id="status"]').label).toBe('Open');
    expect(find(element, '[data-id="why"]').textContent).toContain('Several records are alike.');
    const email = find(element, '[data-cell="7.email"]');
    expect(email.textContent).toContain('office@meadowlark.example');
    expect(email.querySelector('lightning-badge').label).toBe('Different');
    expect(find(element, '[data-cell="7.phone"]').textContent).toContain('Nothing given');
    expect(find(element, '[data-row="address"] [data-id="ours"]').textContent).toBe('Nothing given');
    expect(all(element, 'th[data-candidate]')).toHaveLength(2);
    await expect(element).toBeAccessible();
  });

  it('shows first what a choice will do, and does it when confirmed', async () => {
    decideMatch.mockResolvedValue({ outcome: 'done', status: 'Resolved', linkedTo: { id: '7', name: 'Meadowlark Clinics' } });
    const element = await mount(recordOf('Open'));
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', toast);
    await choose(element, 'link', '7');
    expect(decideMatch).not.toHaveBeenCalled();
    expect(asking(element, '[data-consequence]').map((line) => line.textContent)).toEqual([
      'The next invoices of Meadowlark Clinics go to Meadowlark Clinics (7), in your name.',
      'Nothing is changed in QuickBooks. Invoices issued before stay where they are.',
      'You can undo it here at any time.',
    ]);
    await expect(element).toBeAccessible();
    await confirm(element);
    expect(decideMatch).toHaveBeenCalledWith({ reviewId: 'a0M', choice: 'link', candidateId: '7' });
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: 'a0M' }]);
    expect(toast.mock.calls[0][0].detail.message).toBe('Meadowlark Clinics is linked to Meadowlark Clinics.');
    expect(find(element, '[data-id="asking"]')).toBeNull();
  });

  it('leaves everything as it is on Escape', async () => {
    const element = await mount(recordOf('Open'));
    await choose(element, 'create-new');
    expect(asking(element, '[data-id="question"]')[0].textContent).toBe('Create a new customer for Meadowlark Clinics in QuickBooks?');
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true });
    asking(element, '[data-id="confirm"]')[0].dispatchEvent(escape);
    await settle();
    expect(find(element, '[data-id="asking"]')).toBeNull();
    expect(decideMatch).not.toHaveBeenCalled();
  });

  it('says why a decision was refused', async () => {
    decideMatch.mockResolvedValue({
      outcome: 'rejected',
      problems: [{ code: 'link-held', message: 'It is linked to another account: Acme.', action: 'Undo that link.' }],
    });
    const element = await mount(recordOf('Open'));
    await choose(element, 'not-the-same', '8');
    await confirm(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('It is linked to another account: Acme.');
    expect(find(element, '[data-choice="link"]')).not.toBeNull();
    decideMatch.mockRejectedValue({ body: { message: 'No answer.' } });
    await choose(element, 'link', '8');
    await confirm(element);
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('No answer.');
  });

  it('offers only to undo what is decided', async () => {
    decideMatch.mockResolvedValue({ outcome: 'done', status: 'Open' });
    const element = await mount(recordOf('Resolved', contentOf({ linkedTo: { id: '8', name: 'Meadowlark Clinics' } })));
    expect(find(element, '[data-id="linked"]').textContent).toBe('Linked to Meadowlark Clinics (ID 8).');
    expect(all(element, '[data-choice]').map(({ dataset }) => dataset.choice)).toEqual(['undo']);
    await choose(element, 'undo');
    await confirm(element);
    expect(decideMatch).toHaveBeenCalledWith({ reviewId: 'a0M', choice: 'undo', candidateId: null });
    await expect(element).toBeAccessible();
  });

  it('marks who was said to be another, and offers nothing for them', async () => {
    const element = await mount(recordOf('Open', contentOf({ notSame: ['7'] })));
    expect(find(element, '[data-said="7"]').textContent).toBe('Said to be another customer');
    expect(find(element, '[data-choice="link"][data-candidate="7"]')).toBeNull();
    expect(find(element, '[data-choice="link"][data-candidate="8"]')).not.toBeNull();
    expect(find(element, '[data-choice="undo"]')).not.toBeNull();
  });

  it('says that nobody was found', async () => {
    const element = await mount(recordOf('Open', contentOf({ candidates: [], broken: '9' })));
    expect(find(element, '[data-id="no-candidates"]').textContent).toContain('Nobody');
    expect(find(element, '[data-choice="create-new"]')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  describe('of a product', () => {
    const item = (id, change = {}) => ({
      id,
      name: 'Robots',
      sku: 'RB-20',
      active: true,
      hasIncomeAccount: true,
      price: '18500',
      incomeAccount: 'Sales of Product Income',
      score: 60,
      reasons: ['The names are alike.'],
      doubts: ["The item's SKU is not the product code."],
      fields: { name: 'alike', sku: 'different' },
      alsoSells: [],
      ...change,
    });
    const product = (change) => ({
      ours: { productId: '01t', name: 'Robot', code: 'RB-200' },
      candidates: [item('11', { alsoSells: ['Robot, old'] }), item('12', { price: undefined, incomeAccount: undefined })],
      notSame: [],
      undone: [],
      ...change,
    });

    it('shows the product beside the items it could be sold as, and offers to create none', async () => {
      const element = await mount(recordOf('Open', product()));
      expect(all(element, '[data-row]').map(({ dataset }) => dataset.row)).toEqual([
        'name',
        'sku',
        'description',
        'price',
        'incomeAccount',
      ]);
      expect(find(element, '[data-row="sku"] [data-id="ours"]').textContent).toBe('RB-200');
      expect(find(element, '[data-cell="11.sku"] lightning-badge').label).toBe('Different');
      expect(find(element, '[data-cell="11.incomeAccount"]').textContent).toContain('Sales of Product Income');
      expect(find(element, '[data-cell="11.incomeAccount"] lightning-badge')).toBeNull();
      expect(find(element, '[data-cell="12.price"]').textContent).toContain('Nothing given');
      expect(find(element, '[data-row="price"] [data-id="ours"]').textContent).toBe('');
      expect(element.shadowRoot.textContent).toContain('It sells another product too: Robot, old.');
      expect(find(element, '[data-choice="create-new"]')).toBeNull();
      expect(find(element, '[data-id="no-new-item"]').textContent).toContain('which an accountant chooses');
      await expect(element).toBeAccessible();
    });

    it('says first what each choice will do', async () => {
      decideMatch.mockResolvedValue({ outcome: 'done', status: 'Resolved', linkedTo: { id: '11', name: 'Robots' } });
      const element = await mount(recordOf('Open', product({ notSame: ['12'] })));
      expect(find(element, '[data-said="12"]').textContent).toBe('Said to be another item');
      const says = () => asking(element, '[data-consequence]').map((line) => line.textContent);
      await choose(element, 'undo');
      expect(says()[0]).toBe('A link that was made is taken back. No item is changed.');
      asking(element, '[data-id="confirm"]')[0].dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
      );
      await settle();
      await choose(element, 'not-the-same', '11');
      expect(says()).toContain('Robots is not offered for this product again.');
      asking(element, '[data-id="confirm"]')[0].dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
      );
      await settle();
      await choose(element, 'link', '11');
      expect(says()).toEqual([
        'The next invoices sell Robot as Robots (11), in your name.',
        'Robots sells another product too: Robot, old. From then on it sells both.',
        'Nothing is changed in QuickBooks. Invoices issued before stay where they are.',
        'You can undo it here at any time.',
      ]);
      await confirm(element);
      expect(decideMatch).toHaveBeenCalledWith({ reviewId: 'a0M', choice: 'link', candidateId: '11' });
    });

    it('says how it stands once it is decided, with an item or without', async () => {
      const element = await mount(recordOf('Resolved', product()));
      expect(find(element, '[data-id="why"]').textContent).toContain('Invoices that sell the product go on');
      getRecord.emit(recordOf('Dismissed', product({ candidates: [] })));
      await settle();
      expect(find(element, '[data-id="no-candidates"]').textContent).toContain('No item');
      expect(find(element, '[data-id="no-new-item"]')).not.toBeNull();
      await expect(element).toBeAccessible();
    });
  });

  describe('of a product in Stripe', () => {
    const found = (id, change = {}) => ({
      ...{ id, name: 'Robot', sku: null, active: true, url: `https://stripe.example/${id}`, score: 60, alsoSells: [] },
      ...{ reasons: ['The names are the same.'], doubts: [], fields: { name: 'same', sku: 'unknown' } },
      ...change,
    });
    const inStripe = (status, change) => {
      const ours = { productId: '01t', name: 'Robot', code: 'RB-200' };
      const content = {
        ours,
        candidates: [found('prod_1', { description: 'For heat' }), found('prod_2', { active: false })],
        notSame: [],
        undone: [],
        ...change,
      };
      return { fields: { ...recordOf(status, content).fields, System__c: { value: 'Stripe' } } };
    };
    const says = (element) => asking(element, '[data-consequence]').map((line) => line.textContent);

    it('is shown beside the products it could be, and may be created', async () => {
      decideMatch.mockResolvedValue({ outcome: 'done', status: 'Resolved', linkedTo: { id: 'trueup_01t', name: 'Robot' } });
      const element = await mount(inStripe('Open'));
      expect(all(element, '[data-row]').map(({ dataset }) => dataset.row)).toEqual(['name', 'sku', 'description', 'id']);
      // Two have the same name: the id tells them apart.
      expect(['prod_1', 'prod_2'].map((id) => find(element, `[data-cell="${id}.id"] .value`).textContent)).toEqual(['prod_1', 'prod_2']);
      expect(find(element, '[data-cell="prod_1.id"] lightning-badge')).toBeNull();
      expect(find(element, '[data-cell="prod_1.description"] .value').textContent).toBe('For heat');
      expect(find(element, '[data-row="id"] [data-id="ours"]').textContent).toBe('');
      expect(find(element, 'th[data-candidate="prod_1"] a').href).toBe('https://stripe.example/prod_1');
      expect(find(element, '[data-id="no-new-item"]')).toBeNull();
      await expect(element).toBeAccessible();
      expect(find(element, '[data-choice="create-new"]').label).toBe('Create a New Product');
      await choose(element, 'create-new');
      expect(asking(element, '[data-id="question"]')[0].textContent).toBe('Create a new product for Robot in Stripe?');
      expect(says(element)[0]).toBe('A new product named Robot is created in Stripe now and linked, in your name.');
      await confirm(element);
      expect(decideMatch).toHaveBeenCalledWith({ reviewId: 'a0M', choice: 'create-new', candidateId: null });
    });

    it('says what becomes of it when no candidate is left, and when one was lost', async () => {
      const element = await mount(inStripe('Open'));
      await choose(element, 'not-the-same', 'prod_1');
      expect(says(element)).toContain('When no candidate is left, the next invoice creates a new product.');
      getRecord.emit(inStripe('Open', { broken: 'prod_2', notSame: ['prod_2'] }));
      await settle();
      expect(find(element, '[data-said="prod_2"]').textContent).toBe('Said to be another product');
      asking(element, '[data-id="confirm"]')[0].dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
      );
      await settle();
      await choose(element, 'not-the-same', 'prod_1');
      expect(says(element)).not.toContain('When no candidate is left, the next invoice creates a new product.');
    });
  });

  it('says that candidates changed by hand cannot be read, and what happened when the review cannot be', async () => {
    const element = await mount(recordOf('Open', '{}'));
    expect(find(element, '[data-id="unreadable"]').textContent).toContain('Delete it');
    getRecord.error({ message: 'No access.' });
    await settle();
    expect(find(element, 'c-trueup-error-panel').shadowRoot.textContent).toContain('No access.');
    await expect(element).toBeAccessible();
  });
});
