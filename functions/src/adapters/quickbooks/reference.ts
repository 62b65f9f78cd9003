import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { LedgerReference } from '../../ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboAccount, QboPreferences, QboTaxCode, QboTerm } from './entities.ts';
import { ACTIVE_OR_NOT } from './query.ts';
import { readMany } from './read-many.ts';

/** How long the company's settings are believed. QuickBooks says the last word on each write. */
const TIME_TO_LIVE_MS = 60_000;

/** Preferences, terms, accounts and tax codes in one batch call, kept for a minute and asked for once at a time. */
export function createReference(client: QuickBooksClient): () => Promise<Outcome<LedgerReference>> {
  let kept: { value: LedgerReference; at: number } | undefined;
  let asking: Promise<Outcome<LedgerReference>> | undefined;

  const ask = async (): Promise<Outcome<LedgerReference>> => {
    const read = await readMany(client, {
      preferences: { entity: 'Preferences', where: null },
      terms: { entity: 'Term', where: ACTIVE_OR_NOT },
      accounts: { entity: 'Account', where: ACTIVE_OR_NOT },
      taxCodes: { entity: 'TaxCode', where: ACTIVE_OR_NOT },
    });
    return mapOutcome(read, (found) => {
      const value = asReference(found as unknown as Found);
      kept = { value, at: performance.now() };
      return value;
    });
  };
  return async () => {
    if (kept && performance.now() - kept.at < TIME_TO_LIVE_MS) return done(kept.value);
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };
}

interface Found {
  preferences: QboPreferences[];
  terms: QboTerm[];
  accounts: QboAccount[];
  taxCodes: QboTaxCode[];
}

function asReference({ preferences: [preferences], terms, accounts, taxCodes }: Found): LedgerReference {
  return {
    homeCurrency: preferences?.CurrencyPrefs?.HomeCurrency?.value ?? 'USD',
    multicurrency: preferences?.CurrencyPrefs?.MultiCurrencyEnabled === true,
    customTxnNumbers: preferences?.SalesFormsPrefs?.CustomTxnNumbers === true,
    closingDate: preferences?.AccountingInfoPrefs?.BookCloseDate?.slice(0, 10) ?? null,
    marksTaxableLines: ['TAX', 'NON'].every((id) => taxCodes.some((code) => code.Id === id)),
    terms: terms.map((term) => ({ id: term.Id, name: term.Name, dueDays: term.DueDays ?? null, active: term.Active !== false })),
    accounts: accounts.map((account) => ({
      id: account.Id,
      name: account.Name,
      type: account.AccountType,
      subType: account.AccountSubType ?? null,
      currency: account.CurrencyRef?.value ?? null,
      active: account.Active !== false,
    })),
    tracks: {
      classOfInvoice: preferences?.AccountingInfoPrefs?.ClassTrackingPerTxn === true,
      classOfLine: preferences?.AccountingInfoPrefs?.ClassTrackingPerTxnLine === true,
      location: preferences?.AccountingInfoPrefs?.TrackDepartments === true,
      shipping: preferences?.SalesFormsPrefs?.AllowShipping === true,
    },
    customFields: customFieldsOf(preferences),
    taxCodes: taxCodes.map((code) => ({ id: code.Id, name: code.Name, active: code.Active !== false })),
  };
}

/** `UseSalesCustom1` says whether the first field is in use, `SalesCustomName1` what it is called; its definition's id is the number. */
function customFieldsOf(preferences: QboPreferences | undefined): LedgerReference['customFields'] {
  const all = (preferences?.SalesFormsPrefs?.CustomField ?? []).flatMap((group) => group.CustomField ?? []);
  const of = (kind: string, id: string) => all.find(({ Name }) => Name === `SalesFormsPrefs.${kind}${id}`);
  return ['1', '2', '3'].flatMap((id) => {
    const name = of('SalesCustomName', id)?.StringValue;
    return name && of('UseSalesCustom', id)?.BooleanValue === true ? [{ id, name }] : [];
  });
}
