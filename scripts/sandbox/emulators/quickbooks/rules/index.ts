import type { EntityName } from '../entities.ts';
import type { EntityRules } from './context.ts';
import { attachable } from './attachable.ts';
import { creditMemo } from './credit-memo.ts';
import { deposit } from './deposit.ts';
import { invoice } from './invoice.ts';
import { account, classRules, department, item, paymentMethod, term } from './lists.ts';
import { customer, employee, vendor } from './names.ts';
import { payment } from './payment.ts';
import { refundReceipt, salesReceipt } from './receipts.ts';
import { journalEntry } from './journal-entry.ts';
import { purchase } from './purchase.ts';
import { transfer } from './transfer.ts';

/** The rules of every entity that can be written. Tax codes and rates, company info and preferences are read only. */
export const RULES: Partial<Record<EntityName, EntityRules>> = {
  Customer: customer,
  Vendor: vendor,
  Employee: employee,
  Account: account,
  Item: item,
  Term: term,
  PaymentMethod: paymentMethod,
  Class: classRules,
  Department: department,
  Invoice: invoice,
  Payment: payment,
  CreditMemo: creditMemo,
  SalesReceipt: salesReceipt,
  RefundReceipt: refundReceipt,
  Deposit: deposit,
  Transfer: transfer,
  JournalEntry: journalEntry,
  Purchase: purchase,
  Attachable: attachable,
};
