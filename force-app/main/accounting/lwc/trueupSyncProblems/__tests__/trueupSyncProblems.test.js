import { createElement } from 'lwc';
import issueInvoices from '@salesforce/apex/TrueupIssueInvoicesController.issueInvoices';
import retryOperation from '@salesforce/apex/TrueupTimelineController.retryOperation';
import runSync from '@salesforce/apex/TrueupSyncController.runSync';
import TrueupSyncProblems from 'c/trueupSyncProblems';
import { settle } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupIssueInvoicesController.issueInvoices', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupTimelineController.retryOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupSyncController.runSync', () => ({ default: jest.fn() }), { virtual: true });

const operation = (number, part = {}) => ({
  Id: `a0${number}`,
  Name: `OP-${number}`,
  Kind__c: 'Issue Invoice',
  Operation_Key__c: `op-${number}`,
  Problem__c: 'An account is missing.',
  Fix__c: 'Create the account.',
  Invoice__c: `inv${number}`,
  Invoice__r: { Name: `INV-${number}` },
  ...part,
});
const issue = (id, cause = 'Changed In QuickBooks') => ({
  Id: id,
  Name: id,
  Cause__c: cause,
  Message__c: `${id} differs.`,
  Fix__c: 'Restore it.',
});
const EMPTY = { causes: [], issues: [], operations: [], runs: [] };
const TWO_ISSUES = { ...EMPTY, causes: [{ cause: 'Changed In QuickBooks', records: 2 }], issues: [issue('SI-2'), issue('SI-1')] };

async function mount(health) {
  const element = createElement('c-trueup-sync-problems', { is: TrueupSyncProblems });
  const refreshes = [];
  element.addEventListener('refresh', () => refreshes.push(true));
  element.health = health;
  document.body.appendChild(element);
  await settle();
  return { element, refreshes };
}
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const groups = (element) => [...element.shadowRoot.querySelectorAll('c-trueup-sync-problem-group')].map(({ group }) => group);
const tryAgain = (element, index = 0) => {
  const found = element.shadowRoot.querySelectorAll('c-trueup-sync-problem-group')[index];
  found.dispatchEvent(new CustomEvent('tryagain', { detail: { key: found.group.key } }));
};

describe('c-trueup-sync-problems', () => {
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('says that nothing needs attention', async () => {
    const { element } = await mount(EMPTY);
    expect(find(element, '[data-id="empty"]').textContent).toContain('No open issues.');
    await expect(element).toBeAccessible();
  });

  it('groups operations by kind and fix, and issues by cause, the most frequent first', async () => {
    const { element } = await mount({
      ...EMPTY,
      operations: [operation(1), operation(2, { Fix__c: 'Ask the customer.' }), operation(3)],
      causes: [
        { cause: 'Webhooks Silent', records: 1 },
        { cause: 'Changed In QuickBooks', records: 300 },
      ],
      issues: [issue('SI-1'), issue('SI-2'), issue('SI-3', 'Webhooks Silent')],
    });
    expect(groups(element).map(({ title, count, fix }) => [title, count, fix])).toEqual([
      ['Issue Invoice stopped', 2, 'Create the account.'],
      ['Issue Invoice stopped', 1, 'Ask the customer.'],
      ['Changed In QuickBooks', 300, 'Restore it.'],
      ['Webhooks Silent', 1, 'Restore it.'],
    ]);
    expect(groups(element).map(({ closesByItself }) => closesByItself)).toEqual([
      ...[undefined, undefined, undefined],
      'It is closed by itself once webhooks come again; nothing is lost meanwhile.',
    ]);
    expect(groups(element)[2].records.map(({ message }) => message)).toEqual([undefined, 'SI-2 differs.']);
    await expect(element).toBeAccessible();
  });

  it('has all operations of a group tried again and says what came of each', async () => {
    const answers = {
      'op-1': { outcome: 'done', problems: [] },
      'op-2': { outcome: 'rejected', problems: [{ message: 'The account is missing still.', action: 'Create it.' }] },
      'op-3': { outcome: 'accepted', problems: [] },
    };
    retryOperation.mockImplementation(async ({ operationKey }) => {
      if (!answers[operationKey]) {
        throw Object.assign(new Error(), { body: { message: 'Read timed out.' } });
      }
      return answers[operationKey];
    });
    const { element, refreshes } = await mount({ ...EMPTY, operations: [1, 2, 3, 4].map((number) => operation(number)) });
    tryAgain(element);
    tryAgain(element);
    await settle();
    expect(retryOperation).toHaveBeenCalledTimes(4);
    expect(retryOperation).toHaveBeenCalledWith({ invoiceId: 'inv1', operationKey: 'op-1' });
    expect(find(element, '[data-id="result"]').textContent).toBe(
      'Issue Invoice stopped: 1 of 4 done. Still under way: 1. They are listed again if they stop. Not done: 2. The reasons are below.',
    );
    const failures = find(element, '[data-id="failures"]').shadowRoot.textContent;
    expect(failures).toContain('INV-2: The account is missing still.');
    expect(failures).toContain('INV-4: Read timed out.');
    expect(refreshes).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('shows how many were tried meanwhile, and lets nothing else begin', async () => {
    let finish;
    retryOperation.mockImplementation(({ operationKey }) =>
      operationKey === 'op-1'
        ? Promise.resolve({ outcome: 'done' })
        : new Promise((resolve) => {
            finish = resolve;
          }),
    );
    const { element } = await mount({ ...TWO_ISSUES, operations: [operation(1), operation(2)] });
    tryAgain(element);
    await settle();
    expect(groups(element).map(({ progress, isDisabled }) => [progress, isDisabled])).toEqual([
      [{ tried: 1, total: 2 }, true],
      [undefined, true],
    ]);
    finish({ outcome: 'done' });
    await settle();
    expect(groups(element)[0].isDisabled).toBe(false);
  });

  it('has a sync read issues again, follows it and says what it settled', async () => {
    runSync.mockResolvedValue({ outcome: 'accepted', operationKey: 'run-1', problems: [] });
    const { element } = await mount(TWO_ISSUES);
    tryAgain(element);
    await settle();
    expect(groups(element)[0].progress).toEqual({ isSync: true });
    element.health = { ...TWO_ISSUES, runs: [{ Run_Key__c: 'run-1', State__c: 'Running' }] };
    await settle();
    expect(find(element, '[data-id="result"]')).toBeNull();
    element.health = {
      ...TWO_ISSUES,
      causes: [{ cause: 'Changed In QuickBooks', records: 1 }],
      issues: [issue('SI-2')],
      runs: [{ Run_Key__c: 'run-1', State__c: 'Completed With Issues' }],
    };
    await settle();
    expect(find(element, '[data-id="result"]').textContent).toBe('Changed In QuickBooks: 1 of 2 settled. Left for a person: 1.');
    await expect(element).toBeAccessible();
  });

  const NOT_ISSUED = {
    ...EMPTY,
    causes: [{ cause: 'Not Issued', records: 2 }],
    issues: ['opp1', 'opp2'].map((Record_Id__c) => ({ ...issue(`SI-${Record_Id__c}`, 'Not Issued'), Record_Id__c })),
  };

  it('asks for invoices that a flow did not get once more, all at once', async () => {
    issueInvoices.mockResolvedValue({ accepted: 1, refusals: ['You can see this record but not change it.'] });
    const { element, refreshes } = await mount(NOT_ISSUED);
    tryAgain(element);
    await settle();
    expect(issueInvoices).toHaveBeenCalledWith({ sourceIds: ['opp1', 'opp2'] });
    expect(runSync).not.toHaveBeenCalled();
    expect(find(element, '[data-id="result"]').textContent).toBe(
      'Not Issued: 1 of 2 in line. Each leaves this list once its record is billed.',
    );
    expect(find(element, '[data-id="failures"]').shadowRoot.textContent).toContain('You can see this record but not change it.');
    expect(refreshes).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('says when the invoices could not be asked for', async () => {
    issueInvoices.mockRejectedValue({ body: { message: 'Read timed out.' } });
    const { element } = await mount(NOT_ISSUED);
    tryAgain(element);
    await settle();
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain('Read timed out.');
    expect(groups(element)[0].isDisabled).toBe(false);
  });

  it('says that a sync failed', async () => {
    runSync.mockResolvedValue({ outcome: 'accepted', operationKey: 'run-1' });
    const { element } = await mount(TWO_ISSUES);
    tryAgain(element);
    await settle();
    element.health = { ...TWO_ISSUES, runs: [{ Run_Key__c: 'run-1', State__c: 'Failed' }] };
    await settle();
    expect(find(element, '[data-id="result"]').textContent).toContain('the sync failed');
  });

  it.each([
    ['is refused', () => runSync.mockResolvedValue({ outcome: 'rejected', problems: [{ message: 'Not connected.' }] }), 'Not connected.'],
    ['is refused without a reason', () => runSync.mockResolvedValue({ outcome: 'unavailable' }), 'No reason was given'],
    ['cannot be asked for', () => runSync.mockRejectedValue({ body: { message: 'Read timed out.' } }), 'Read timed out.'],
  ])('says when a sync %s', async (_, arrange, text) => {
    arrange();
    const { element } = await mount(TWO_ISSUES);
    tryAgain(element);
    await settle();
    expect(find(element, '[data-id="refusal"]').shadowRoot.textContent).toContain(text);
    expect(groups(element)[0].isDisabled).toBe(false);
    await expect(element).toBeAccessible();
  });
});
