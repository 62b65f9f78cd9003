import type { Draft, Entity, NameEntity } from '../entities.ts';
import { NAME_ENTITIES, refId } from '../entities.ts';
import { faults, QuickbooksFault } from '../errors.ts';
import { currencyRef } from '../formatters.ts';
import { checkName } from '../schema/limits.ts';
import { address, named, resolve } from './context.ts';
import type { EntityRules, RuleContext } from './context.ts';

const DELETED = ' (deleted)';
const PARTS = ['Title', 'GivenName', 'MiddleName', 'FamilyName', 'Suffix'];

/** The display name: given, else put together from the parts (documented). 6080 when there is none at all. */
function displayName(input: Draft): string {
  const given = typeof input['DisplayName'] === 'string' ? input['DisplayName'].trim() : '';
  const name =
    given ||
    PARTS.map((part) => input[part])
      .filter((part) => typeof part === 'string' && part !== '')
      .join(' ');
  if (name === '')
    throw new QuickbooksFault(
      '6080',
      'No Name Provided',
      'Title, GivenName, MiddleName, FamilyName, DisplayName, Suffix - one of these must be non-empty',
      { element: '' },
    );
  checkName('DisplayName', name);
  return name;
}

/** Customers, vendors and employees share one name space; inactive ones keep their name in it. */
function refuseTaken(context: RuleContext, name: string, own: { entity: NameEntity; id: string | undefined }): void {
  const plain = withoutMark(name).toLowerCase();
  for (const entity of NAME_ENTITIES) {
    for (const candidate of [plain, plain + DELETED]) {
      const taken = context.books
        .rows(entity)
        .where({ name: candidate })
        .find((row) => entity !== own.entity || row.id !== own.id);
      if (taken) throw faults.duplicateName();
    }
  }
}

const withoutMark = (name: string): string => (name.endsWith(DELETED) ? name.slice(0, -DELETED.length) : name);

/** The currency is fixed at creation (documented). */
function fixedCurrency(context: RuleContext, input: Draft, current: Entity | undefined): string {
  const { settings } = context.books;
  const requested = refId(input['CurrencyRef']);
  const kept = refId(current?.['CurrencyRef']);
  if (kept !== undefined) {
    if (requested !== undefined && requested !== kept)
      throw faults.business('The currency of a customer or vendor cannot be changed once it is set.');
    return kept;
  }
  const currency = requested ?? settings.homeCurrency;
  if (currency !== settings.homeCurrency && !settings.multiCurrency)
    throw faults.business('Multi Currency should be enabled to perform this operation');
  if (!/^[A-Z]{3}$/.test(currency))
    throw new QuickbooksFault('2220', 'Invalid Currency Type', `The specified currency type isn't valid. Supplied value:${currency}`, {
      element: 'CurrencyRef',
    });
  return currency;
}

function person(
  context: RuleContext,
  entity: NameEntity,
  input: Draft,
  current: Entity | undefined,
): { body: Draft; currency: string; parent: Entity | undefined } {
  const active = input['Active'] === undefined ? true : input['Active'] === true || input['Active'] === 'true';
  const plain = withoutMark(displayName(input));
  refuseTaken(context, plain, { entity, id: current?.Id });
  const name = active ? plain : plain + DELETED;
  const parent = entity === 'Customer' ? resolve(context, 'Customer', input['ParentRef'], 'ParentRef') : undefined;
  const isRenamed = current === undefined || current['DisplayName'] !== name;
  const check = isRenamed && input['PrintOnCheckName'] === current?.['PrintOnCheckName'] ? undefined : input['PrintOnCheckName'];
  return {
    parent,
    currency: fixedCurrency(context, input, current),
    body: {
      ...input,
      FullyQualifiedName: entity === 'Customer' ? (parent ? `${String(parent['FullyQualifiedName'])}:${name}` : name) : undefined,
      DisplayName: name,
      PrintOnCheckName: check ?? input['CompanyName'] ?? plain,
      Active: active,
    },
  };
}

/** https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/customer: Print, Email or None. */
const DELIVERY_METHODS = ['Print', 'Email', 'None'];

export const customer: EntityRules = {
  draft(context, input, current) {
    const { body, currency, parent } = person(context, 'Customer', input, current);
    if (body['Active'] === false && Number(current?.['Balance'] ?? 0) !== 0) {
      throw new QuickbooksFault('6220', 'Delete Entity Has Balance Error', 'The object you are trying to delete has an open balance.', {
        element: '',
      });
    }
    const taxable = input['Taxable'] === undefined ? true : input['Taxable'] === true || input['Taxable'] === 'true';
    const kept = (member: string) => current !== undefined && refId(current[member]) === refId(input[member]);
    const term = resolve(context, 'Term', input['SalesTermRef'], 'SalesTermRef', kept('SalesTermRef'));
    const method = resolve(context, 'PaymentMethod', input['PaymentMethodRef'], 'PaymentMethodRef', kept('PaymentMethodRef'));
    const delivery = String(input['PreferredDeliveryMethod'] ?? 'Print');
    if (!DELIVERY_METHODS.includes(delivery)) throw faults.invalidEnumeration('PreferredDeliveryMethod', delivery);
    context.accounts.receivable(currency);
    return {
      body: {
        ...body,
        Taxable: taxable,
        BillAddr: address(context, input['BillAddr']),
        ShipAddr: address(context, input['ShipAddr']),
        Job: parent !== undefined && (input['Job'] === true || input['Job'] === 'true'),
        BillWithParent: input['BillWithParent'] === true || input['BillWithParent'] === 'true',
        ParentRef: parent ? { value: parent.Id } : undefined,
        Level: parent ? Number(parent['Level'] ?? 0) + 1 : undefined,
        SalesTermRef: term ? named(term) : undefined,
        PaymentMethodRef: method ? named(method) : undefined,
        Balance: current?.['Balance'] ?? 0,
        BalanceWithJobs: current?.['BalanceWithJobs'] ?? 0,
        CurrencyRef: currencyRef(currency),
        PreferredDeliveryMethod: delivery,
        DefaultTaxCodeRef:
          taxable && context.books.settings.usingSalesTax ? { value: refId(input['DefaultTaxCodeRef']) ?? '2' } : undefined,
      },
    };
  },
};

export const vendor: EntityRules = {
  draft(context, input, current) {
    const { body, currency } = person(context, 'Vendor', input, current);
    return {
      body: {
        ...body,
        BillAddr: address(context, input['BillAddr']),
        Balance: current?.['Balance'] ?? 0,
        Vendor1099: input['Vendor1099'] === true,
        CurrencyRef: currencyRef(currency),
      },
    };
  },
};

export const employee: EntityRules = {
  draft(context, input, current) {
    const { body } = person(context, 'Employee', input, current);
    return {
      body: {
        ...body,
        PrimaryAddr: address(context, input['PrimaryAddr']),
        BillableTime: input['BillableTime'] === true,
        CurrencyRef: undefined,
      },
    };
  },
};
