import { RowFault } from '../../errors.ts';
import { related } from '../work.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * A product needs a standard price before a custom one, and one price per book and currency.
 * Source: developer.salesforce.com/docs PricebookEntry (object reference); StatusCode STANDARD_PRICE_NOT_DEFINED. Texts: memory.
 */
export const pricebookEntryBehaviour: Behaviour = {
  beforeSave: (row, prior, _given, work) => {
    const product = related(work, 'Product2', row['Product2Id']);
    row['Name'] = product?.['Name'] ?? null;
    row['ProductCode'] = product?.['ProductCode'] ?? null;
    const currency = work.core.schema.features.multiCurrency ? (row['CurrencyIsoCode'] ?? null) : null;
    const sameCurrency = currency === null ? '' : ' AND e."CurrencyIsoCode" = ?';
    const own = currency === null ? [] : [currency];
    const { store } = work.core;
    const book = related(work, 'Pricebook2', row['Pricebook2Id']);
    const standard = store
      .prepare(
        `SELECT e."UnitPrice" AS price FROM "PricebookEntry" e JOIN "Pricebook2" b ON b."Id" = e."Pricebook2Id" WHERE b."IsStandard" = 1 AND e."Product2Id" = ? AND e."IsDeleted" = 0${sameCurrency}`,
      )
      .get(row['Product2Id'] ?? null, ...own);
    if (book && book['IsStandard'] !== 1 && !standard)
      throw new RowFault('STANDARD_PRICE_NOT_DEFINED', 'Before creating a custom price, create a standard price.');
    if (row['UseStandardPrice'] === 1 && standard) row['UnitPrice'] = standard['price'] ?? null;
    if (prior) return;
    const twin = store
      .prepare(`SELECT 1 FROM "PricebookEntry" e WHERE e."Pricebook2Id" = ? AND e."Product2Id" = ? AND e."IsDeleted" = 0${sameCurrency}`)
      .get(row['Pricebook2Id'] ?? null, row['Product2Id'] ?? null, ...own);
    if (twin) throw new RowFault('DUPLICATE_VALUE', 'This price definition already exists in this price book');
  },
};
