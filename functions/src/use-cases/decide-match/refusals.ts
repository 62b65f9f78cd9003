import type { Problem } from '../../domain/problem.ts';

/** Why a decision about a match cannot be carried out, and what to do instead. */
const WORDS = {
  'no-right-to-match': () => ['You do not have the right to decide matches.', 'Ask a billing administrator.'],
  'no-such-candidate': () => ['This is none of the candidates of the review.', 'Load the page again.'],
  'already-linked': (name: string) => [`The account is linked to ${name} already.`, 'Undo that link first.'],
  'undo-first': (name: string) => [`The account is linked to ${name}.`, 'Undo the link first.'],
  'link-held': (name: string, holder = '') => [
    `${name} is linked to another account: ${holder}.`,
    `Undo the link of ${holder} first, or merge the two accounts in Salesforce.`,
  ],
  'no-account-chosen': (name: string) => [
    `No account is chosen for ${name} yet.`,
    'Choose one in the field Account of the review, or create one first; then decide again.',
  ],
  'not-looked-yet': () => [
    'Nobody has looked yet who else it could be, nor what a new customer needs.',
    'Preview an invoice for the account (its Issue Invoice shows one), then load this page again.',
  ],
  'candidate-gone': () => ['This customer no longer exists there.', 'Choose another one, or create a new customer.'],
  'candidate-inactive': () => ['This customer is inactive in QuickBooks.', 'Make it active there first, or choose another one.'],
  'candidate-currency': (theirs: string) => [`This customer is billed in ${theirs}.`, 'Choose another one, or create a new customer.'],
  'product-linked': (name: string) => [`The product is sold as ${name} already.`, 'Undo that decision first.'],
  'undo-product-first': (name: string) => [`The product is sold as ${name}.`, 'Undo the decision first.'],
  'item-gone': (name: string) => [`The item ${name} no longer exists in QuickBooks.`, 'Choose another one.'],
  'item-inactive': (name: string) => [`The item ${name} is inactive in QuickBooks.`, 'Make it active there first, or choose another one.'],
  'item-without-income-account': (name: string) => [
    `The item ${name} has no income account in QuickBooks, so it cannot be sold.`,
    'Ask the accountant to give it one, or choose another item.',
  ],
  'product-gone': (name: string) => [`The product ${name} no longer exists in Stripe.`, 'Choose another one, or create a new product.'],
  'product-archived': (name: string) => [
    `The product ${name} is archived in Stripe, so it cannot be billed.`,
    'Restore it there first, choose another one, or create a new product.',
  ],
  'no-new-items': (name: string) => [
    `No item is created for ${name} from here: an item needs an income account, which an accountant chooses.`,
    'Create the item in QuickBooks with the product code as its SKU, then preview an invoice again.',
  ],
} satisfies Record<string, (name: string, holder?: string) => string[]>;

export function refusal(code: keyof typeof WORDS, name = '', holder = ''): Problem {
  const [message = '', action = ''] = WORDS[code](name, holder);
  return { code, severity: 'error', message, action };
}
