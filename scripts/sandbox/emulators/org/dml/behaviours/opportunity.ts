import { RowFault } from '../../errors.ts';
import { roundTo } from '../../formulas/round.ts';
import { OPPORTUNITY_STAGES } from '../../schema/standard/opportunity.ts';
import type { StoredRow } from '../../store.ts';
import { storedInstant } from '../../soql/dates.ts';
import { noteChange, objectOf } from '../work.ts';
import type { Work } from '../work.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * The stage decides closed, won, forecast category and, unless it is given, probability. With lines, Amount is
 * theirs and attempts to set it are ignored, and the price book cannot change.
 * Source: developer.salesforce.com/docs Opportunity (object reference: Amount, Pricebook2Id, StageName).
 */
export const opportunityBehaviour: Behaviour = {
  beforeSave: (row, prior, given, work) => {
    const lines = prior?.['HasOpportunityLineItem'] === 1;
    if (lines) {
      row['Amount'] = prior['Amount'] ?? null;
      for (const name of ['Pricebook2Id', 'CurrencyIsoCode'])
        if (given.has(name) && row[name] !== prior[name])
          throw new RowFault(
            'FIELD_INTEGRITY_EXCEPTION',
            `field integrity exception: ${name} (cannot change ${name === 'Pricebook2Id' ? 'the price book' : 'the currency'} of an opportunity that has products)`,
            [name],
          );
    }
    const stage = OPPORTUNITY_STAGES.find((one) => one.name === row['StageName']);
    if (stage && row['StageName'] !== prior?.['StageName']) {
      row['IsClosed'] = Number(stage.closed);
      row['IsWon'] = Number(stage.won);
      row['ForecastCategory'] = stage.forecast;
      row['ForecastCategoryName'] = stage.forecast;
      if (!given.has('Probability')) row['Probability'] = stage.probability;
      if (prior) row['LastStageChangeDate'] = storedInstant(work.now);
    }
    row['ExpectedRevenue'] =
      row['Amount'] === null || row['Amount'] === undefined
        ? null
        : roundTo((Number(row['Amount']) * Number(row['Probability'] ?? 0)) / 100, 2);
    const close = row['CloseDate'];
    if (typeof close === 'string') {
      row['FiscalYear'] = Number(close.slice(0, 4));
      row['FiscalQuarter'] = Math.ceil(Number(close.slice(5, 7)) / 3);
    }
  },
};

/** Amount and quantity of an opportunity from its lines. The last line gone, the amount stays. [memory] */
export function sumOpportunity(work: Work, id: string): void {
  const object = objectOf(work, 'Opportunity');
  const { store } = work.core;
  const before = store.get(object, id);
  if (!before) return;
  const sums = store
    .prepare(
      'SELECT COUNT(*) AS lines, SUM(CAST(round("TotalPrice" * 100) AS INTEGER)) AS total, SUM("Quantity") AS quantity FROM "OpportunityLineItem" WHERE "OpportunityId" = ? AND "IsDeleted" = 0',
    )
    .get(id);
  const lines = Number(sums?.['lines'] ?? 0);
  const amount = lines ? Number(sums?.['total'] ?? 0) / 100 : (before['Amount'] ?? null);
  const stamp = storedInstant(work.now);
  const columns: StoredRow = {
    HasOpportunityLineItem: lines ? 1 : 0,
    Amount: amount,
    TotalOpportunityQuantity: lines ? roundTo(Number(sums?.['quantity'] ?? 0), 2) : null,
    ExpectedRevenue: amount === null ? null : roundTo((Number(amount) * Number(before['Probability'] ?? 0)) / 100, 2),
    LastModifiedDate: stamp,
    LastModifiedById: work.userId,
    SystemModstamp: stamp,
  };
  store.update(object, id, columns);
  noteChange(work, 'update', object, id, before, { ...before, ...columns });
}
