import type { Applications } from '../ledger/applications.ts';
import type { SystemAccounts } from '../ledger/accounts.ts';
import type { DepositLinks } from '../ledger/deposit-links.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Draft, Entity, EntityName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { currencyRef } from '../formatters.ts';
import { exactMinor, parseDecimal } from '../money.ts';
import { today } from '../pacific-time.ts';
import type { Files } from '../files.ts';
import type { Books } from '../store.ts';

/** Where QuickBooks' behaviour is not known, which way this stand-in takes. */
export interface Switches {
  /** Voiding or deleting an invoice that a payment settles: refuse (reported in production, LanternOps/breeze#5180) or unapply. */
  voidPaidInvoice: 'refuse' | 'unapply';
}

/** What every rule may look at. */
export interface RuleContext {
  books: Books;
  ledger: Ledger;
  accounts: SystemAccounts;
  applications: Applications;
  depositLinks: DepositLinks;
  switches: Switches;
  /** The `include` options of the request, in lower case. */
  include: Set<string>;
  now: number;
  files: Files;
  /** The content of the file that is being uploaded. */
  upload?: Buffer;
}

/** What an entity's rules decide; the generic flow around them is in write.ts. */
export interface EntityRules {
  /** Checks a request and completes it: the body as it will be kept, without system members. `current` on updates. */
  draft(context: RuleContext, input: Draft, current: Entity | undefined): { body: Draft; lineIds?: number };
  /** After the document is kept: postings, links, balances. */
  settle?(context: RuleContext, entity: Entity): void;
  /** Before a void or a delete; refuses or undoes links. */
  release?(context: RuleContext, entity: Entity): void;
  /** The body of a voided document. */
  voided?(entity: Entity): Draft;
  deletable?: boolean;
}

export const homeCurrency = (context: RuleContext): string => context.books.settings.homeCurrency;

/** An amount of the request in hundredths; missing is 2020, more than two decimals is refused. */
export function amountOf(value: unknown, element: string): number {
  if (value === undefined || value === null || value === '') throw faults.missing(element);
  const minor = exactMinor(value);
  if (minor === undefined) throw faults.tooFine(element, value);
  return minor;
}

/** Refuses numbers with more than seven decimals, which QuickBooks would cut. */
export function checkFine(value: unknown, element: string): void {
  const decimal = parseDecimal(value);
  if (!decimal) return;
  if (decimal.scale > 7 && decimal.units % 10n ** BigInt(decimal.scale - 7) !== 0n) throw faults.tooFine(element, value);
}

/** What would be lost without a word is refused. */
export function refuseLost(members: Draft, modelled: string[], what: string): void {
  const lost = Object.keys(members).find((name) => !modelled.includes(name) && members[name] !== null && members[name] !== undefined);
  if (lost !== undefined) throw faults.unsupported(`${what} with ${lost}`);
}

const KIND_IN_FAULT: Partial<Record<EntityName, string>> = {
  Account: 'Accounts',
  Class: 'Klasses',
  Department: 'Depts',
  Item: 'Items',
  Term: 'Terms',
  PaymentMethod: 'PaymentMethods',
};

/** The entity a reference points to. Missing: 2500; inactive: 2500 unless the document already used it. */
export function resolve(
  context: RuleContext,
  entity: EntityName,
  reference: unknown,
  element: string,
  alreadyUsed = false,
): Entity | undefined {
  const id = refId(reference);
  if (id === undefined) return undefined;
  const found = context.books.get(entity, id);
  if (!found) throw faults.invalidReference(KIND_IN_FAULT[entity] ?? 'Names', id, element);
  if (found['Active'] === false && !alreadyUsed) throw faults.inactiveReference(element);
  return found;
}

/** The account a reference points to; without one 2020. */
export function accountIn(context: RuleContext, reference: unknown, element: string): Entity {
  const account = resolve(context, 'Account', reference, element);
  if (!account) throw faults.missing(element);
  return account;
}

/** A reference as QuickBooks returns it: id and name. */
export const named = (entity: Entity) => ({
  value: entity.Id,
  name: String(entity['FullyQualifiedName'] ?? entity['DisplayName'] ?? entity['Name']),
});

/** The currency of a transaction and its rate, under the rules of multicurrency. `owner` is the currency of the customer, vendor or account. */
export function currencyOf(
  context: RuleContext,
  input: Draft,
  owner: string,
  current: Entity | undefined,
): { code: string; members: Draft; rate: number } {
  const { settings } = context.books;
  const requested = refId(input['CurrencyRef']);
  if (!settings.multiCurrency) {
    if (requested !== undefined && requested !== settings.homeCurrency)
      throw faults.business('Multi Currency should be enabled to perform this operation');
    return { code: settings.homeCurrency, members: { CurrencyRef: currencyRef(settings.homeCurrency) }, rate: 1 };
  }
  const code = requested ?? settings.homeCurrency;
  if (code !== owner) throw faults.business('You can only use one foreign currency per transaction.');
  if (code === settings.homeCurrency) return { code, members: { CurrencyRef: currencyRef(code), ExchangeRate: 1 }, rate: 1 };
  const given = input['ExchangeRate'] ?? current?.['ExchangeRate'] ?? settings.exchangeRates[code];
  const rate = Number(given ?? Number.NaN);
  if (!(rate > 0)) throw faults.business(`There is no exchange rate for ${code}.`);
  return { code, members: { CurrencyRef: currencyRef(code), ExchangeRate: rate }, rate };
}

/** The date of a transaction; today where none is given. Days in closed books are refused (6210), also when a document would leave them. */
export function transactionDate(context: RuleContext, input: Draft, current: Entity | undefined): string {
  const date = typeof input['TxnDate'] === 'string' && input['TxnDate'] !== '' ? input['TxnDate'] : today(context.now);
  checkOpen(context, date);
  if (current) checkOpen(context, String(current['TxnDate']));
  return date;
}

/** Refuses a day on or before the closing date. */
export function checkOpen(context: RuleContext, date: string): void {
  const closed = context.books.settings.bookCloseDate;
  if (closed !== null && date <= closed) throw faults.booksClosed();
}

/** The address of a request, with an id as QuickBooks gives it. */
export function address(context: RuleContext, given: unknown): Draft | undefined {
  if (typeof given !== 'object' || given === null || Object.keys(given).length === 0) return undefined;
  const { Id, ...rest } = given as Draft;
  return { Id: typeof Id === 'string' && Id !== '' ? Id : context.books.next('addresses'), ...rest };
}
