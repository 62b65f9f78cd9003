import { RowFault } from '../../errors.ts';
import { roundTo } from '../../formulas/round.ts';
import type { StoredRow } from '../../store.ts';
import { objectOf, related } from '../work.ts';
import type { Work } from '../work.ts';
import type { Behaviour } from './behaviour.ts';
import { sumOpportunity } from './opportunity.ts';
import { isActivated, sumOrder } from './order.ts';
import { sumQuote } from './quote.ts';

interface LineKind {
  parent: string;
  parentField: string;
  discount: boolean;
  /** Recomputes the parent's amounts. */
  sum(work: Work, parentId: string): void;
}

const integrity = (field: string, text: string): RowFault =>
  new RowFault('FIELD_INTEGRITY_EXCEPTION', `field integrity exception: ${field} (${text})`, [field]);

/**
 * Lines take product and list price from their price-book entry, which must belong to the parent's price book; a parent
 * without a price book takes the first line's. Source: object reference, OpportunityLineItem, OrderItem, QuoteLineItem;
 * texts of refusals: memory.
 */
function lineBehaviour(kind: LineKind): Behaviour {
  return {
    beforeSave: (row, prior, given, work) => {
      const parent = related(work, kind.parent, row[kind.parentField]);
      if (kind.parent === 'Order' && parent && isActivated(parent))
        throw new RowFault('FAILED_ACTIVATION', 'You can’t change the products of an activated order.');
      if (!prior && parent) linkEntry(work, kind, row, parent);
      const entry = related(work, 'PricebookEntry', row['PricebookEntryId']);
      const product = related(work, 'Product2', row['Product2Id']);
      if (entry) row['ListPrice'] = entry['UnitPrice'] ?? null;
      if (kind.parent === 'Opportunity') {
        row['Name'] = [parent?.['Name'], product?.['Name']].filter(Boolean).join(' ').slice(0, 376);
        row['ProductCode'] = product?.['ProductCode'] ?? null;
      }
      if (work.core.schema.features.multiCurrency && parent) row['CurrencyIsoCode'] = parent['CurrencyIsoCode'] ?? null;
      price(kind, row, prior, given);
    },
    afterSave: (row, _prior, work) => kind.sum(work, String(row[kind.parentField])),
    beforeDelete: (row, work) => {
      const parent = related(work, kind.parent, row[kind.parentField]);
      if (kind.parent === 'Order' && parent && isActivated(parent))
        throw new RowFault('FAILED_ACTIVATION', 'You can’t change the products of an activated order.');
    },
    afterDelete: (row, work) => {
      const parent = related(work, kind.parent, row[kind.parentField]);
      if (parent && parent['IsDeleted'] === 0) kind.sum(work, String(row[kind.parentField]));
    },
  };
}

function linkEntry(work: Work, kind: LineKind, row: StoredRow, parent: StoredRow): void {
  const { store } = work.core;
  if ((row['PricebookEntryId'] ?? null) === null && typeof row['Product2Id'] === 'string') {
    const multi = work.core.schema.features.multiCurrency;
    const found = store
      .prepare(
        `SELECT "Id" FROM "PricebookEntry" WHERE "Pricebook2Id" = ? AND "Product2Id" = ? AND "IsDeleted" = 0${multi ? ' AND "CurrencyIsoCode" = ?' : ''}`,
      )
      .get(parent['Pricebook2Id'] ?? null, row['Product2Id'], ...(multi ? [parent['CurrencyIsoCode'] ?? null] : []));
    row['PricebookEntryId'] = found?.['Id'] ?? null;
  }
  const entry = related(work, 'PricebookEntry', row['PricebookEntryId']);
  if (!entry) {
    if ((row['PricebookEntryId'] ?? null) === null)
      throw new RowFault('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PricebookEntryId]', ['PricebookEntryId']);
    return;
  }
  if ((parent['Pricebook2Id'] ?? null) === null) {
    if (kind.parent !== 'Opportunity') throw integrity('PricebookEntryId', `the ${kind.parent.toLowerCase()} has no price book`);
    store.update(objectOf(work, kind.parent), String(parent['Id']), { Pricebook2Id: entry['Pricebook2Id'] ?? null });
  } else if (parent['Pricebook2Id'] !== entry['Pricebook2Id'])
    throw integrity(
      'PricebookEntryId',
      `pricebook entry is in a different pricebook than the one assigned to the ${kind.parent.toLowerCase()}`,
    );
  if (work.core.schema.features.multiCurrency && parent['CurrencyIsoCode'] !== entry['CurrencyIsoCode'])
    throw integrity('PricebookEntryId', `pricebook entry currency does not match the ${kind.parent.toLowerCase()}'s currency`);
  if (entry['IsActive'] !== 1) throw integrity('PricebookEntryId', 'pricebook entry is inactive');
  row['Product2Id'] = entry['Product2Id'] ?? null;
}

/** Unit price or total price, not both; the other follows from quantity and discount. */
function price(kind: LineKind, row: StoredRow, prior: StoredRow | undefined, given: Set<string>): void {
  const quantity = Number(row['Quantity'] ?? 0);
  const kept = 1 - (kind.discount ? Number(row['Discount'] ?? 0) : 0) / 100;
  const byTotal = kind.parent === 'Opportunity' && given.has('TotalPrice') && (row['TotalPrice'] ?? null) !== null;
  if (byTotal && given.has('UnitPrice'))
    throw new RowFault(
      'FIELD_INTEGRITY_EXCEPTION',
      'field integrity exception: TotalPrice (specify the unit price or the total price, not both)',
      ['TotalPrice'],
    );
  if (byTotal && quantity !== 0 && kept !== 0) row['UnitPrice'] = roundTo(Number(row['TotalPrice']) / quantity / kept, 2);
  else if ((row['UnitPrice'] ?? null) === null && !prior)
    throw new RowFault('REQUIRED_FIELD_MISSING', 'Required fields are missing: [UnitPrice]', ['UnitPrice']);
  else row['TotalPrice'] = roundTo(quantity * Number(row['UnitPrice'] ?? 0) * kept, 2);
  if (kind.parent !== 'Order') row['Subtotal'] = roundTo(quantity * Number(row['UnitPrice'] ?? 0), 2);
  else row['AvailableQuantity'] = row['Quantity'] ?? null;
}

export const lineBehaviours: Record<string, Behaviour> = {
  OpportunityLineItem: lineBehaviour({ parent: 'Opportunity', parentField: 'OpportunityId', discount: true, sum: sumOpportunity }),
  OrderItem: lineBehaviour({ parent: 'Order', parentField: 'OrderId', discount: false, sum: sumOrder }),
  QuoteLineItem: lineBehaviour({ parent: 'Quote', parentField: 'QuoteId', discount: true, sum: sumQuote }),
};
