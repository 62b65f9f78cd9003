/** An answer of preview-invoice as the functions give it: an opportunity with two lines, one of them billed in part. */
export function previewAnswer(changes = {}) {
  return {
    outcome: 'done',
    company: { id: 'a00COMPANY', name: 'Trueup Inc.', timeZone: 'America/New_York' },
    source: { id: '006SOURCE', type: 'Opportunity', name: 'Acme renewal', currency: 'USD' },
    billTo: {
      accountId: '001ACME',
      accountName: 'Acme',
      contactId: '003ANN',
      contacts: [
        { id: '003ANN', name: 'Ann Lee', email: 'ann@acme.example' },
        { id: '003BOB', name: 'Bob Ray', email: null },
      ],
      accounts: [
        { id: '001ACME', name: 'Acme' },
        { id: '001PARENT', name: 'Acme Holding' },
      ],
    },
    identity: {
      stripe: { status: 'linked', id: 'cus_1', name: 'Acme', url: 'https://stripe.example.com/cus_1' },
      quickbooks: { status: 'will-be-created' },
    },
    terms: [
      { value: 'Due on receipt', label: 'Due on receipt', days: 0 },
      { value: 'Net 30', label: 'Net 30', days: 30 },
    ],
    draft: {
      accountId: '001ACME',
      contactId: '003ANN',
      invoiceDate: '2026-03-01',
      terms: 'Net 30',
      poNumber: null,
      memo: null,
      delivery: 'send',
      lines: [
        draftLine({ lineKey: '00kLICENSE-0', description: 'Yearly licence', quantity: '10', unitPrice: '100' }),
        draftLine({ lineKey: '00kSUPPORT-1', description: 'Support', quantity: '3', unitPrice: '19.99' }),
      ],
    },
    lines: [
      shownLine({
        lineKey: '00kLICENSE-0',
        productName: 'Licence',
        description: 'Yearly licence',
        quantityOrdered: '10',
        quantityLeft: '10',
        display: '$1,000.00',
      }),
      shownLine({
        lineKey: '00kSUPPORT-1',
        productName: 'Support',
        description: 'Support',
        quantityOrdered: '5',
        quantityLeft: '3',
        display: '$59.97',
        priceEditable: true,
      }),
    ],
    totals: { subtotal: { display: '$1,059.97' }, tax: { display: '$0.00' }, total: { display: '$1,059.97' } },
    problems: [],
    canIssue: true,
    ...changes,
  };
}

/** The same of an account, which has no lines of its own. */
export function accountAnswer(changes = {}) {
  const answer = previewAnswer();
  return {
    ...answer,
    source: { id: '001ACME', type: 'Account', name: 'Acme', currency: 'USD' },
    draft: { ...answer.draft, lines: [] },
    lines: [],
    totals: { subtotal: { display: '$0.00' }, tax: { display: '$0.00' }, total: { display: '$0.00' } },
    problems: [problem({ code: 'no-lines', field: 'lines', message: 'No line is chosen.', action: 'Include at least one line.' })],
    canIssue: false,
    ...changes,
  };
}

/** A problem as the functions give it. */
export function problem(changes) {
  return { code: 'some-problem', severity: 'error', message: 'Something is wrong.', action: 'Mend it.', ...changes };
}

function draftLine(changes) {
  return { sourceLineId: changes.lineKey.split('-')[0], productId: '01tPRODUCT', serviceDate: null, include: true, ...changes };
}

function shownLine({ display, ...changes }) {
  return { priceEditable: false, billable: true, amount: { minor: 0, currency: 'USD', decimal: '0.00', display }, ...changes };
}
