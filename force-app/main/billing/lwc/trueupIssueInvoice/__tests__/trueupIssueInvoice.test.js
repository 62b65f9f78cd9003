import { createElement } from 'lwc';
import followOperation from '@salesforce/apex/TrueupIssueInvoiceController.followOperation';
import issueInvoice from '@salesforce/apex/TrueupIssueInvoiceController.issueInvoice';
import previewInvoice from '@salesforce/apex/TrueupIssueInvoiceController.previewInvoice';
import TrueupIssueInvoice from 'c/trueupIssueInvoice';
import { accountAnswer, previewAnswer, problem } from '../../../../../../config/jest-mocks/preview-answer.js';
import { after } from '../../../../../../config/jest-mocks/waiting.js';

jest.mock('@salesforce/apex/TrueupIssueInvoiceController.followOperation', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupIssueInvoiceController.issueInvoice', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupIssueInvoiceController.previewInvoice', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const GenerateUrl = Symbol('GenerateUrl');
  const visited = [];
  const NavigationMixin = (Base) =>
    class extends Base {
      [Navigate](page) {
        visited.push(page.attributes.recordId);
      }
      async [GenerateUrl](page) {
        return `/lightning/r/${page.attributes.recordId}/view`;
      }
    };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }), visited };
});
const { visited } = jest.requireMock('lightning/navigation');

const settle = (ms = 0) => jest.advanceTimersByTimeAsync(ms);
const find = (element, selector) => element.shadowRoot.querySelector(selector);
const form = (element) => find(element, 'c-trueup-invoice-form');
const progress = (element) => find(element, 'c-trueup-operation-progress');
const reason = (element) => find(element, '[data-id="reason"]').textContent;
const issueButton = (element) => find(element, '[data-id="issue"]');
const lastDraft = (call) => JSON.parse(call.mock.calls.at(-1)[0].draftJson);

async function mount({ answer = previewAnswer() } = {}) {
  previewInvoice.mockResolvedValue(answer);
  const element = createElement('c-trueup-issue-invoice', { is: TrueupIssueInvoice });
  const happened = [];
  element.addEventListener('lightning__showtoast', ({ detail }) => happened.push(detail));
  element.addEventListener('lightning__actionsclosescreen', () => happened.push('closed'));
  document.body.appendChild(element);
  // As the platform does: after the panel is connected.
  element.recordId = '006SOURCE';
  await settle();
  return { element, happened };
}

async function edit(element, draft) {
  form(element).dispatchEvent(new CustomEvent('draftchange', { detail: { draft, touched: new Set() } }));
  await settle();
}
const withMemo = (memo) => ({ ...previewAnswer().draft, memo });

async function issue(element) {
  issueButton(element).click();
  await settle();
}

describe('c-trueup-issue-invoice', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    document.body.replaceChildren();
    visited.length = 0;
    [followOperation, issueInvoice, previewInvoice].forEach((method) => method.mockReset());
    jest.useRealTimers();
  });

  describe('while it is filled in', () => {
    it('shows that it loads', () => {
      previewInvoice.mockReturnValue(new Promise(() => {}));
      const element = createElement('c-trueup-issue-invoice', { is: TrueupIssueInvoice });
      document.body.appendChild(element);
      element.recordId = '006SOURCE';
      expect(find(element, 'lightning-spinner').alternativeText).toBe('Loading');
    });

    it('opens with what the functions propose', async () => {
      const { element } = await mount();
      expect(previewInvoice.mock.calls[0][0]).toEqual({ sourceId: '006SOURCE', draftJson: null });
      expect(form(element).draft).toEqual(previewAnswer().draft);
      expect(issueButton(element).disabled).toBe(false);
      jest.useRealTimers();
      await expect(element).toBeAccessible();
    });

    it('says why it cannot open, and tries again', async () => {
      previewInvoice.mockRejectedValueOnce({ body: { message: 'You cannot see this record.' } });
      const { element } = await mount();
      const panel = find(element, '[data-id="preview-error"]');
      expect(panel.shadowRoot.textContent).toContain('You cannot see this record.');
      expect(form(element)).toBeNull();
      previewInvoice.mockReset().mockResolvedValue(previewAnswer());
      panel.dispatchEvent(new CustomEvent('retry'));
      await settle();
      expect(form(element)).not.toBeNull();
    });

    it('says why there is nothing to show', async () => {
      const problems = [problem({ message: 'Salesforce does not answer.', action: 'Try again.' })];
      const { element } = await mount({ answer: { outcome: 'unavailable', problems, canIssue: false } });
      expect(find(element, '[data-id="preview-error"]').shadowRoot.textContent).toContain('Salesforce does not answer. Try again.');
      expect(form(element)).toBeNull();
    });

    it('checks once after several edits, and cannot be issued until then', async () => {
      const { element } = await mount();
      await edit(element, withMemo('T'));
      await edit(element, withMemo('Thanks'));
      expect(reason(element)).toBe('Checking…');
      expect(issueButton(element).disabled).toBe(true);
      await settle(400);
      expect(previewInvoice).toHaveBeenCalledTimes(2);
      expect(lastDraft(previewInvoice).memo).toBe('Thanks');
      expect(issueButton(element).disabled).toBe(false);
    });

    it('drops an answer that was overtaken', async () => {
      const { element } = await mount();
      let answerLate;
      previewInvoice.mockReturnValueOnce(
        new Promise((resolve) => {
          answerLate = resolve;
        }),
      );
      await edit(element, withMemo('old'));
      await settle(400);
      previewInvoice.mockResolvedValueOnce(previewAnswer({ draft: withMemo('new') }));
      await edit(element, withMemo('new'));
      await settle(400);
      answerLate(previewAnswer({ draft: withMemo('old') }));
      await settle();
      expect(form(element).draft.memo).toBe('new');
      expect(form(element).isPending).toBe(false);
    });

    it('keeps what was typed when a check fails', async () => {
      const { element } = await mount();
      previewInvoice.mockRejectedValueOnce(new Error('Timeout'));
      await edit(element, withMemo('Thanks'));
      await settle(400);
      expect(form(element).draft.memo).toBe('Thanks');
      expect(reason(element)).toContain('could not be checked');
      expect(issueButton(element).disabled).toBe(true);
    });

    it('cannot be issued while something is wrong, and says so', async () => {
      const { element } = await mount({ answer: previewAnswer({ problems: [problem({ field: 'memo' })], canIssue: false }) });
      expect(issueButton(element).disabled).toBe(true);
      expect(reason(element)).toBe('One thing to fix first');
    });

    it('asks for lines on an account', async () => {
      const { element } = await mount({ answer: accountAnswer() });
      expect(reason(element)).toBe('Fill in the lines to bill.');
    });
  });

  describe('when it is issued', () => {
    it('shows the steps, then ends on the invoice with a toast', async () => {
      const { element, happened } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1', steps: [] });
      followOperation
        .mockResolvedValueOnce({ state: 'running', steps: [{ name: 'checked', state: 'done' }] })
        .mockReturnValueOnce(after(500, { state: 'done', steps: [], invoiceId: 'a01NEW', invoiceNumber: 'INV-7' }));
      await issue(element);
      expect(form(element)).toBeNull();
      expect(progress(element).steps).toEqual([{ name: 'checked', state: 'done' }]);
      await settle(500);
      expect(happened[0]).toMatchObject({
        title: 'Invoice issued',
        variant: 'success',
        messageData: [{ label: 'INV-7', url: '/lightning/r/a01NEW/view' }],
      });
      expect(happened[1]).toBe('closed');
      expect(visited).toEqual(['a01NEW']);
    });

    it('issues what is on the screen, once, however often it is clicked', async () => {
      const { element } = await mount();
      issueInvoice.mockReturnValue(new Promise(() => {}));
      const button = issueButton(element);
      button.click();
      button.click();
      await settle();
      expect(issueInvoice).toHaveBeenCalledTimes(1);
      expect(lastDraft(issueInvoice)).toEqual(previewAnswer().draft);
    });

    it('comes back to the form with what was refused, and checks anew', async () => {
      const { element } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'rejected', problems: [problem({ message: 'The period was closed.' })] });
      await issue(element);
      expect(form(element).refusal.problems[0].message).toBe('The period was closed.');
      expect(previewInvoice).toHaveBeenCalledTimes(2);
      await edit(element, withMemo('again'));
      expect(form(element).refusal).toBeUndefined();
    });

    it('leads to the invoice that is in the way', async () => {
      const { element, happened } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'rejected', invoiceId: 'a01OLD', problems: [problem({ code: 'line-already-billed' })] });
      await issue(element);
      form(element).dispatchEvent(new CustomEvent('openexisting'));
      expect(visited).toEqual(['a01OLD']);
      expect(happened).toEqual(['closed']);
    });

    it('comes back to the form when it could not be started', async () => {
      const { element } = await mount();
      issueInvoice.mockRejectedValue({ body: { message: 'You need the permission Trueup_Issue_Invoice for this.' } });
      await issue(element);
      expect(form(element).refusal.error.body.message).toContain('Trueup_Issue_Invoice');
    });

    it('can be closed while a system is down, and offers the queued invoice', async () => {
      const { element, happened } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1', steps: [] });
      followOperation.mockResolvedValue({ state: 'waiting', steps: [], invoiceId: 'a01QUEUED' });
      await issue(element);
      expect(progress(element).state).toBe('waiting');
      expect(find(element, '[data-id="open"]')).not.toBeNull();
      find(element, '[data-id="close"]').click();
      expect(happened).toEqual(['closed']);
      jest.useRealTimers();
      await expect(element).toBeAccessible();
    });

    it('stays with what needs a person', async () => {
      const { element, happened } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1', steps: [] });
      followOperation.mockResolvedValue({
        state: 'needs-attention',
        steps: [],
        invoiceId: 'a01',
        problems: [problem({ message: 'Two invoices fit.' })],
      });
      await issue(element);
      expect(progress(element).problems[0].message).toBe('Two invoices fit.');
      find(element, '[data-id="open"]').click();
      expect(visited).toEqual(['a01']);
      expect(happened).toEqual(['closed']);
    });

    it('says that the invoice was taken back when the books did not agree', async () => {
      const { element } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1', steps: [] });
      followOperation.mockResolvedValue({
        state: 'compensated',
        steps: [],
        problems: [problem({ message: 'The totals differ by 1 cent.' })],
      });
      await issue(element);
      expect(form(element).refusal.heading).toContain('taken back');
    });

    it('stops asking once it is closed', async () => {
      const { element } = await mount();
      issueInvoice.mockResolvedValue({ outcome: 'accepted', operationKey: 'op-1', steps: [] });
      followOperation.mockResolvedValue({ state: 'running', steps: [] });
      await issue(element);
      element.remove();
      const asked = followOperation.mock.calls.length;
      await settle(10000);
      expect(followOperation.mock.calls.length).toBeLessThanOrEqual(asked + 1);
    });
  });
});
