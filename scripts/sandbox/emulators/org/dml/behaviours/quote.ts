import { roundTo } from '../../formulas/round.ts';
import { storedInstant } from '../../soql/dates.ts';
import type { StoredRow } from '../../store.ts';
import { objectOf, related } from '../work.ts';
import type { Work } from '../work.ts';
import type { Behaviour } from './behaviour.ts';

/** A quote's account is its opportunity's; totals come from its lines. Source: object reference, Quote. */
export const quoteBehaviour: Behaviour = {
  beforeSave: (row, prior, _given, work) => {
    row['AccountId'] = related(work, 'Opportunity', row['OpportunityId'])?.['AccountId'] ?? null;
    if (!prior && work.core.schema.features.multiCurrency)
      row['CurrencyIsoCode'] = related(work, 'Opportunity', row['OpportunityId'])?.['CurrencyIsoCode'] ?? row['CurrencyIsoCode'] ?? null;
    Object.assign(row, totals(row, Number(row['Subtotal'] ?? 0), Number(row['TotalPrice'] ?? 0)));
  },
};

function totals(row: StoredRow, subtotal: number, total: number): StoredRow {
  return {
    Subtotal: subtotal,
    TotalPrice: total,
    GrandTotal: roundTo(total + Number(row['Tax'] ?? 0) + Number(row['ShippingHandling'] ?? 0), 2),
  };
}

export function sumQuote(work: Work, id: string): void {
  const object = objectOf(work, 'Quote');
  const sums = work.core.store
    .prepare(
      'SELECT SUM(CAST(round("TotalPrice" * 100) AS INTEGER)) AS total, SUM(CAST(round("Subtotal" * 100) AS INTEGER)) AS subtotal FROM "QuoteLineItem" WHERE "QuoteId" = ? AND "IsDeleted" = 0',
    )
    .get(id);
  const row = work.core.store.get(object, id);
  if (row)
    work.core.store.update(object, id, {
      ...totals(row, Number(sums?.['subtotal'] ?? 0) / 100, Number(sums?.['total'] ?? 0) / 100),
      SystemModstamp: storedInstant(work.now),
    });
}
