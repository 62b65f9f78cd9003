import type { PaymentMethod } from './entities.ts';

type Sample = Pick<PaymentMethod, 'type' | 'last4' | 'brand' | 'behaviour'>;

const card = (last4: string, behaviour: PaymentMethod['behaviour'], brand = 'visa'): Sample => ({ type: 'card', last4, brand, behaviour });
const bank = (last4: string, behaviour: PaymentMethod['behaviour']): Sample => ({ type: 'us_bank_account', last4, brand: '', behaviour });

/** Stripe's test cards, by number. https://docs.stripe.com/testing */
export const TEST_CARDS: Record<string, Sample> = {
  '4242424242424242': card('4242', 'succeeds'),
  '5555555555554444': card('4444', 'succeeds', 'mastercard'),
  '4000000000000002': card('0002', 'declined'),
  '4000000000009995': card('9995', 'insufficient_funds'),
  '4000002500003155': card('3155', 'needs_authentication'),
  '4000002760003184': card('3184', 'needs_authentication'),
};

/** Stripe's test bank accounts (routing number 110000000), by account number. https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers */
export const TEST_ACCOUNTS: Record<string, Sample> = {
  '000123456789': bank('6789', 'settles'),
  '000222222227': bank('2227', 'returned'),
};

/** Stripe's test PaymentMethod ids. https://docs.stripe.com/testing?testing-method=payment-methods */
export const TEST_METHODS: Record<string, Sample> = {
  pm_card_visa: card('4242', 'succeeds'),
  pm_card_mastercard: card('4444', 'succeeds', 'mastercard'),
  pm_card_visa_chargeDeclined: card('0002', 'declined'),
  pm_card_chargeDeclined: card('0002', 'declined'),
  pm_card_visa_chargeDeclinedInsufficientFunds: card('9995', 'insufficient_funds'),
  pm_card_authenticationRequired: card('3184', 'needs_authentication'),
  pm_usBankAccount_success: bank('6789', 'settles'),
  pm_usBankAccount_insufficientFunds: bank('2227', 'returned'),
};
