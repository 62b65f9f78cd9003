import type { Problem } from '../problem.ts';

type Words = Record<string, string | number>;
type Entry = { severity: Problem['severity']; message: (words: Words) => string; action: string };

const error = (message: (words: Words) => string, action: string): Entry => ({ severity: 'error', message, action });
const warning = (message: (words: Words) => string, action: string): Entry => ({ severity: 'warning', message, action });

/** Every reason preflight knows, with what happened and what to do. Codes are stable. */
export const PREFLIGHT_PROBLEMS = {
  'no-access': error(() => 'You have no access to this record.', "Ask the record's owner or an administrator to share it with you."),
  'no-edit-access': error(
    () => 'You can see this record but not change it, so you cannot bill it.',
    "Ask the record's owner for edit access.",
  ),
  'no-right-to-issue': error(
    () => 'You do not have the right to issue invoices.',
    'Ask an administrator for the permission set Trueup Sales Rep.',
  ),
  'company-not-connected': error(
    (w) => `${w['company']} is not connected to Stripe and QuickBooks.`,
    'Ask a billing administrator to finish the setup of the company.',
  ),
  'tax-rate-missing': error(
    (w) => `Tax of ${w['company']} is computed by a rate in Salesforce, but no rate between 0 and 100 percent is entered.`,
    "Ask a billing administrator to enter the company's tax rate.",
  ),
  'account-unknown': error(() => "The account to bill is not one of this record's accounts.", 'Choose one of the accounts offered.'),
  'contact-unknown': error(() => 'The contact does not belong to the account to bill.', 'Choose one of the contacts offered.'),
  'email-missing': error(
    () => 'The invoice is to be sent, but the contact has no e-mail address.',
    'Choose a contact with an e-mail address, add one, or choose not to send.',
  ),
  'email-invalid': error(
    (w) => `"${w['email']}" is not an e-mail address that can be written to.`,
    "Correct the contact's e-mail address.",
  ),
  'date-invalid': error((w) => `"${w['date']}" is not a date.`, 'Enter a date as year-month-day.'),
  'period-closed': error(
    (w) => `The books in QuickBooks are closed up to ${w['closingDate']}.`,
    'Choose a later invoice date, or ask the accountant to open the period.',
  ),
  'terms-unknown': error((w) => `The terms "${w['terms']}" exist neither in QuickBooks nor here.`, 'Choose one of the terms offered.'),
  'po-number-too-long': error((w) => `The PO number has ${w['length']} characters; ${w['limit']} fit.`, 'Shorten the PO number.'),
  'memo-too-long': error((w) => `The memo has ${w['length']} characters; ${w['limit']} fit.`, 'Shorten the memo.'),
  'no-lines': error(() => 'No line is chosen.', 'Include at least one line.'),
  'too-many-lines': error(
    (w) => `The invoice has ${w['count']} lines; Stripe takes at most ${w['limit']}.`,
    'Split it into several invoices.',
  ),
  'line-key-duplicate': error(() => 'The same line is on the invoice twice.', 'Remove one of the two.'),
  'line-changed': error(
    () => 'This line is no longer on the record.',
    'Close the panel and open it again to see the lines as they are now.',
  ),
  'line-already-billed': error(
    (w) => `This line was just billed on invoice ${w['number']}.`,
    'Close the panel and open it again to bill what is left.',
  ),
  'quantity-invalid': error((w) => `"${w['quantity']}" is not a quantity with at most 7 decimal places.`, 'Correct the quantity.'),
  'price-invalid': error((w) => `"${w['price']}" is not a price with at most 8 decimal places.`, 'Correct the price.'),
  'price-not-yours': error(
    (w) => `The price of this line is ${w['price']}; you may not change prices.`,
    'Set the price back, or ask an administrator for the right to change prices.',
  ),
  'quantity-above-left': error((w) => `Only ${w['left']} of ${w['ordered']} are left to bill.`, 'Lower the quantity to what is left.'),
  'description-empty': error(() => 'The line has no description.', 'Say what is billed.'),
  'description-too-long': error((w) => `The description has ${w['length']} characters; ${w['limit']} fit.`, 'Shorten the description.'),
  'amount-too-large': error(() => 'The amount of this line is too large to be billed.', 'Correct quantity or price.'),
  'amount-too-fine': error(
    (w) => `The price of ${w['price']} is finer than Stripe and QuickBooks can hold: the last digit must be 0.`,
    'Change the price or the quantity so that the amount ends in 0.',
  ),
  'total-negative': error((w) => `The total is ${w['total']}.`, 'Issue a credit instead, or add lines.'),
  'below-minimum-charge': error(
    (w) => `The total of ${w['total']} is below ${w['minimum']}, the least that Stripe can charge.`,
    'Bill it together with something else.',
  ),
  'above-maximum-charge': error(
    (w) => `The total of ${w['total']} is above ${w['maximum']}, the most that Stripe can charge at once.`,
    'Split it into several invoices.',
  ),
  'negative-line-with-stripe-tax': error(
    () => 'Stripe Tax cannot compute tax on a negative line.',
    'Fold the reduction into the prices of the other lines.',
  ),
  'customer-balance': error(
    (w) => `Stripe holds a customer balance of ${w['balance']} which it would apply to this invoice, and QuickBooks does not know of it.`,
    'Ask a billing administrator to clear the customer balance in Stripe.',
  ),
  'customer-needs-review': error(
    (w) => `It is not certain who this customer is in ${w['system']}: ${w['reason']}`,
    'Ask a billing administrator to decide the match review.',
  ),
  'customer-gone': error(
    (w) => `The customer this account is linked to no longer exists in ${w['system']}.`,
    'Ask a billing administrator to say in the match review who it is now.',
  ),
  'customer-inactive': error(() => 'The customer is inactive in QuickBooks.', 'Ask the accountant to make the customer active again.'),
  'customer-currency': error(
    (w) => `The customer is billed in ${w['theirs']} in ${w['system']}, this record is in ${w['ours']}.`,
    "Bill it from a record in the customer's currency, or ask a billing administrator for a customer in this currency.",
  ),
  'customer-name-too-long': error(
    (w) => `The account's name has ${w['length']} characters; QuickBooks takes at most ${w['limit']}.`,
    "Shorten the account's name.",
  ),
  'customer-name-illegal': error(
    () => "The account's name holds a colon, a tab or a line break, which QuickBooks does not take.",
    "Remove that character from the account's name.",
  ),
  'customer-name-empty': error(() => 'The account has no name.', 'Give the account a name.'),
  'product-not-mapped': error(
    (w) => `"${w['product']}" has no item in QuickBooks.`,
    'Ask a billing administrator to map the product, or give a QuickBooks item the product code as its SKU.',
  ),
  'stripe-product-needs-review': error(
    (w) => `It is not certain which product "${w['product']}" is in Stripe: ${w['reason']}`,
    'Ask a billing administrator to decide the match review of the product, then open the panel again.',
  ),
  'product-needs-review': error(
    (w) => `It is not certain which QuickBooks item "${w['product']}" is sold as: ${w['reason']}`,
    'Ask a billing administrator to decide the match review of the product, then open the panel again.',
  ),
  'item-gone': error(
    (w) => `The QuickBooks item that "${w['product']}" is mapped to no longer exists.`,
    "Ask a billing administrator to undo the product's link, on the link's own page; then open the panel again.",
  ),
  'item-inactive': error(
    (w) => `The item "${w['item']}" is inactive in QuickBooks.`,
    'Ask the accountant to make the item active, or map the product to another one.',
  ),
  'item-without-income-account': error(
    (w) => `The item "${w['item']}" has no income account in QuickBooks.`,
    'Ask the accountant to give the item an income account.',
  ),
  'multicurrency-off': error(
    (w) => `QuickBooks keeps its books in ${w['home']} alone; this record is in ${w['ours']}.`,
    'Ask the accountant to switch on multicurrency in QuickBooks.',
  ),
  'org-currency': error(
    (w) => `This org uses ${w['org']} alone; the invoice would be in ${w['ours']}.`,
    'Switch on multiple currencies in Salesforce.',
  ),
  'quickbooks-numbers-off': error(
    () => 'QuickBooks gives its own invoice numbers, so the number could not be the same everywhere.',
    'Ask the accountant to switch on "Custom transaction numbers" in QuickBooks\' sales settings.',
  ),
  'number-prefix-invalid': error(
    (w) => `The number prefix "${w['prefix']}" is not made of up to 10 letters, digits and hyphens.`,
    "Ask a billing administrator to correct the company's prefix.",
  ),
  'system-not-connected': error(
    (w) => `${w['system']} does not accept Trueup's credentials any more.`,
    'Ask a billing administrator to connect it again.',
  ),
  'system-refused': error(
    (w) => `${w['system']} refused to be asked: ${w['reason']}`,
    'Ask a billing administrator to look at the connection.',
  ),
  'system-unreachable': warning(
    (w) => `${w['system']} does not answer at the moment. The invoice will be queued and issued when it does.`,
    'Nothing to do; issue it now or try again later.',
  ),
  'billed-line-gone': warning(
    (w) => `Invoice ${w['number']} billed ${w['quantity']} of a line that is no longer on this record.`,
    'Check that what is left to bill is right.',
  ),
} satisfies Record<string, Entry>;

export type PreflightCode = keyof typeof PREFLIGHT_PROBLEMS;

/** The problem with its words filled in. */
export function preflightProblem(code: PreflightCode, field: string | null, words: Words = {}): Problem {
  const entry = PREFLIGHT_PROBLEMS[code];
  return { code, severity: entry.severity, ...(field === null ? {} : { field }), message: entry.message(words), action: entry.action };
}
