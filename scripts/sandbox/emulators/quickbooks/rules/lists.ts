import type { Draft, Entity, EntityName } from '../entities.ts';
import { refId } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import { currencyRef } from '../formatters.ts';
import { checkName } from '../schema/limits.ts';
import { checkFine, named, resolve } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';

const DELETED = ' (deleted)';

interface ListName {
  Name: string;
  Active: boolean;
  FullyQualifiedName: string;
}

/** Name and activity of a list entry: unique within its list, inactive ones marked " (deleted)" as recorded. */
function listName(
  context: RuleContext,
  entity: EntityName,
  input: Draft,
  current: Entity | undefined,
  options: { illegal?: string; label: string },
): ListName {
  const given = typeof input['Name'] === 'string' ? input['Name'].trim() : '';
  if (given === '') throw faults.missing('Name');
  checkName('Name', given, options.illegal);
  const plain = given.endsWith(DELETED) ? given.slice(0, -DELETED.length) : given;
  const active = input['Active'] === undefined ? true : input['Active'] === true || input['Active'] === 'true';
  const parent = resolve(context, entity, input['ParentRef'], 'ParentRef');
  for (const name of [plain.toLowerCase(), plain.toLowerCase() + DELETED]) {
    const taken = context.books
      .rows(entity)
      .where({ name })
      .find((row) => row.id !== current?.Id && refId(row.body['ParentRef']) === parent?.Id);
    if (taken) throw faults.duplicateName(`Another ${options.label} is already using this name. Please use a different name.`);
  }
  const name = active ? plain : plain + DELETED;
  return { Name: name, Active: active, FullyQualifiedName: parent ? `${String(parent['FullyQualifiedName'])}:${name}` : name };
}

const ITEM_TYPES = ['Service', 'NonInventory', 'Inventory', 'Category'];

export const item: EntityRules = {
  draft(context, input, current) {
    const name = listName(context, 'Item', input, current, { label: 'product or service' });
    const type = String(input['Type'] ?? current?.['Type'] ?? 'Service');
    if (!ITEM_TYPES.includes(type)) throw faults.unsupported(`item of type ${type}`);
    if (type === 'Inventory' && !current) throw faults.unsupported('inventory item (cost of goods sold is not modelled)');
    checkFine(input['UnitPrice'], 'UnitPrice');
    const income = resolve(context, 'Account', input['IncomeAccountRef'], 'IncomeAccountRef');
    const expense = resolve(context, 'Account', input['ExpenseAccountRef'], 'ExpenseAccountRef');
    if (!income && !expense && type !== 'Category') throw faults.missing('IncomeAccountRef');
    return {
      body: {
        ...input,
        ...name,
        Taxable: input['Taxable'] === true || input['Taxable'] === 'true',
        UnitPrice: Number(input['UnitPrice'] ?? 0),
        Type: type,
        IncomeAccountRef: income ? named(income) : undefined,
        PurchaseCost: Number(input['PurchaseCost'] ?? 0),
        ExpenseAccountRef: expense ? named(expense) : undefined,
        // Inventory items that are there already keep counting.
        TrackQtyOnHand: current?.['TrackQtyOnHand'] === true,
      },
    };
  },
};

/** AccountType to Classification and the sub-type used when none is given (documented on the Account page). */
const ACCOUNT_TYPES: Record<string, [string, string]> = {
  Bank: ['Asset', 'Checking'],
  'Accounts Receivable': ['Asset', 'AccountsReceivable'],
  'Other Current Asset': ['Asset', 'OtherCurrentAssets'],
  'Fixed Asset': ['Asset', 'OtherFixedAssets'],
  'Other Asset': ['Asset', 'OtherLongTermAssets'],
  'Accounts Payable': ['Liability', 'AccountsPayable'],
  'Credit Card': ['Liability', 'CreditCard'],
  'Other Current Liability': ['Liability', 'OtherCurrentLiabilities'],
  'Long Term Liability': ['Liability', 'OtherLongTermLiabilities'],
  Equity: ['Equity', 'OpeningBalanceEquity'],
  Income: ['Revenue', 'SalesOfProductIncome'],
  'Other Income': ['Revenue', 'OtherMiscellaneousIncome'],
  'Cost of Goods Sold': ['Expense', 'SuppliesMaterialsCogs'],
  Expense: ['Expense', 'OtherMiscellaneousServiceCost'],
  'Other Expense': ['Expense', 'OtherMiscellaneousExpense'],
};

export const account: EntityRules = {
  draft(context, input, current) {
    const { settings } = context.books;
    const name = listName(context, 'Account', input, current, { illegal: '"', label: 'account' });
    const type = (input['AccountType'] ?? current?.['AccountType']) as string | undefined;
    if (type === undefined)
      throw new QuickbooksFault(
        '6010',
        'Invalid Account.AccountType && Account.SubType',
        'Either an Account.AccountType or an Account.AccountSubType must be specified',
        { element: '' },
      );
    const [classification, subType] = ACCOUNT_TYPES[type] ?? [];
    if (!classification) throw faults.invalidEnumeration('AccountType', type);
    const currency = refId(current?.['CurrencyRef']) ?? refId(input['CurrencyRef']) ?? settings.homeCurrency;
    if (currency !== settings.homeCurrency && !settings.multiCurrency)
      throw faults.business('Multi Currency should be enabled to perform this operation');
    if (refId(input['CurrencyRef']) !== undefined && refId(input['CurrencyRef']) !== currency)
      throw faults.business('The currency of an account cannot be changed once it is set.');
    return {
      body: {
        ...input,
        ...name,
        SubAccount: input['ParentRef'] !== undefined,
        Classification: classification,
        AccountType: type,
        AccountSubType: input['AccountSubType'] ?? current?.['AccountSubType'] ?? subType,
        CurrentBalance: 0,
        CurrentBalanceWithSubAccounts: 0,
        CurrencyRef: currencyRef(currency),
      },
    };
  },
};

export const term: EntityRules = {
  draft(context, input, current) {
    const { Name, Active } = listName(context, 'Term', input, current, { label: 'term' });
    if (input['DayOfMonthDue'] !== undefined) throw faults.unsupported('date-driven term');
    return { body: { ...input, Name, Active, Type: 'STANDARD', DueDays: Number(input['DueDays'] ?? 0) } };
  },
};

export const paymentMethod: EntityRules = {
  draft(context, input, current) {
    const { Name, Active } = listName(context, 'PaymentMethod', input, current, { label: 'payment method' });
    return { body: { ...input, Name, Active, Type: input['Type'] ?? 'NON_CREDIT_CARD' } };
  },
};

const segment = (entity: 'Class' | 'Department', label: string): EntityRules => ({
  draft(context, input, current) {
    const name = listName(context, entity, input, current, { label });
    const sub = entity === 'Class' ? 'SubClass' : 'SubDepartment';
    return { body: { ...input, ...name, [sub]: input['ParentRef'] !== undefined } };
  },
});

export const classRules = segment('Class', 'class');
export const department = segment('Department', 'location');
