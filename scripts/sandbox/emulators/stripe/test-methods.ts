import type { PaymentMethod } from './entities.ts';

/** What a test card or account is and does. */
export type TestSample = Pick<PaymentMethod, 'type' | 'last4' | 'brand' | 'behaviour'>;

const card = (last4: string, behaviour: PaymentMethod['behaviour'], brand = 'visa'): TestSample => ({
  type: 'card',
  last4,
  brand,
  behaviour,
});
const bank = (last4: string, behaviour: PaymentMethod['behaviour']): TestSample => ({
  type: 'us_bank_account',
  last4,
  brand: '',
  behaviour,
});

/** Stripe's test cards, by number. https://docs.stripe.com/testing */
export const TEST_CARDS: Record<string, TestSample> = {
  '4242424242424242': card('4242', 'succeeds'),
  '5555555555554444': card('4444', 'succeeds', 'mastercard'),
  '4000000000000077': card('0077', 'available_at_once'),
  '4000000000007726': card('7726', 'refund_pends'),
  '4000000000005126': card('5126', 'refund_fails'),
  '4000000000000259': card('0259', 'disputed_as_fraudulent'),
  '4000000000002685': card('2685', 'disputed_as_not_received'),
  '4000000000001976': card('1976', 'inquired'),
  '4000000000000002': card('0002', 'declined'),
  '4000000000009995': card('9995', 'insufficient_funds'),
  '4000002500003155': card('3155', 'needs_authentication'),
  '4000002760003184': card('3184', 'needs_authentication'),
};

/** Stripe's test bank accounts (routing number 110000000), by account number. https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers */
export const TEST_ACCOUNTS: Record<string, TestSample> = {
  '000123456789': bank('6789', 'settles'),
  '000222222227': bank('2227', 'returned'),
  '000111111113': bank('1113', 'closed'),
  '000111111116': bank('1116', 'unknown_account'),
  '000333333335': bank('3335', 'not_authorized'),
  '000555555559': bank('5559', 'disputed_after_settling'),
  '000000000009': bank('0009', 'processes_forever'),
};

/** Stripe's test PaymentMethod ids. https://docs.stripe.com/testing?testing-method=payment-methods */
export const TEST_METHODS: Record<string, TestSample> = {
  pm_card_visa: card('4242', 'succeeds'),
  pm_card_mastercard: card('4444', 'succeeds', 'mastercard'),
  pm_card_bypassPending: card('0077', 'available_at_once'),
  pm_card_pendingRefund: card('7726', 'refund_pends'),
  pm_card_refundFail: card('5126', 'refund_fails'),
  pm_card_createDispute: card('0259', 'disputed_as_fraudulent'),
  pm_card_createDisputeProductNotReceived: card('2685', 'disputed_as_not_received'),
  pm_card_createDisputeInquiry: card('1976', 'inquired'),
  pm_card_visa_chargeDeclined: card('0002', 'declined'),
  pm_card_chargeDeclined: card('0002', 'declined'),
  pm_card_visa_chargeDeclinedInsufficientFunds: card('9995', 'insufficient_funds'),
  pm_card_authenticationRequired: card('3184', 'needs_authentication'),
  pm_usBankAccount_success: bank('6789', 'settles'),
  pm_usBankAccount_insufficientFunds: bank('2227', 'returned'),
  pm_usBankAccount_accountClosed: bank('1113', 'closed'),
  pm_usBankAccount_noAccount: bank('1116', 'unknown_account'),
  pm_usBankAccount_debitNotAuthorized: bank('3335', 'not_authorized'),
  pm_usBankAccount_dispute: bank('5559', 'disputed_after_settling'),
  pm_usBankAccount_processing: bank('0009', 'processes_forever'),
};
