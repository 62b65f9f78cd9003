import { type Outcome, done } from '../../domain/outcome.ts';
import type { SalesforceClient } from './client.ts';
import type { OrgFeatures } from './select.ts';

/** Asks the org once what it has; a failure is not remembered. */
export function createFeatures(client: SalesforceClient): () => Promise<Outcome<OrgFeatures>> {
  let known: OrgFeatures | undefined;
  return async () => {
    if (known) return done(known);
    const described = await client.get<{ fields: { name: string }[] }>('describe', '/sobjects/Trueup_Invoice__c/describe');
    if (described.outcome !== 'done') return described;
    known = { multiCurrency: described.value.fields.some((field) => field.name === 'CurrencyIsoCode') };
    return done(known);
  };
}
