import type { Company } from '../../domain/company.ts';
import { type Failure, type Outcome, done, rejected } from '../../domain/outcome.ts';
import type { Rights } from '../../domain/source.ts';
import type { Row, SalesforceClient } from './client.ts';
import { companyQuery } from './select.ts';
import { toId18 } from './soql.ts';
import { text, toCompany } from './translate.ts';

export interface RecordsSettings {
  companyKey: string;
  /** The one org these functions may write to: a refreshed copy of it has another id and must not reach live books. */
  orgId: string;
}

/** The org fence: the company record must exist and name the org these functions serve. */
export function fence([row]: Row[], orgId: string): Failure | undefined {
  const problem = (code: string, message: string, action: string) => rejected({ code, severity: 'error', message, action });
  if (!row)
    return problem(
      'no-company',
      'Trueup is not connected in this org yet.',
      'Ask an admin to create the company record and run "sf trueup setup".',
    );
  const named18 = text(row, 'Org_Id__c');
  if (named18 && toId18(named18) !== toId18(orgId)) {
    return problem(
      'wrong-org',
      'The books are connected to another org; this one must not write to them.',
      'In a copied org connect test companies of Stripe and QuickBooks.',
    );
  }
  return undefined;
}

/** @param permissions custom permissions of the asking user, by developer name */
export function rightsOf(permissions: readonly string[], access: Row[]): Rights {
  const has = (name: string) => permissions.includes(name);
  return {
    canRead: access.some((row) => row.HasReadAccess === true),
    canEdit: access.some((row) => row.HasEditAccess === true),
    issueInvoice: has('Trueup_Issue_Invoice'),
    voidInvoice: has('Trueup_Void_Invoice'),
    editPrice: has('Trueup_Edit_Price'),
    runSync: has('Trueup_Run_Sync'),
  };
}

export interface Companies {
  read(): Promise<Outcome<Company>>;
  /** Path of the company record, to be read in a call that is made anyway; null while it is known. */
  wanted(): string | null;
  /** Takes what such a call brought; null when it was not wanted. */
  take(rows: Row[] | null): Outcome<Company>;
}

/** How long the company record is believed, so that a click costs one read call. */
const TIME_TO_LIVE_MS = 60_000;

/** The company record of this process, behind the org fence, read at most once a minute. */
export function createCompanies(client: SalesforceClient, settings: RecordsSettings): Companies {
  let kept: { value: Company; at: number } | undefined;
  const known = () => kept !== undefined && performance.now() - kept.at < TIME_TO_LIVE_MS;
  const take = (rows: Row[] | null): Outcome<Company> => {
    if (rows === null && kept) return done(kept.value);
    const refused = fence(rows ?? [], settings.orgId);
    if (refused) return refused;
    kept = { value: toCompany(rows?.[0] as Row), at: performance.now() };
    return done(kept.value);
  };
  return {
    take,
    wanted: () => (known() ? null : `/sobjects/Trueup_Company__c/External_Key__c/${encodeURIComponent(settings.companyKey)}`),
    async read() {
      if (known()) return take(null);
      const answer = await client.queries('read-company', { company: companyQuery(settings.companyKey) });
      return answer.outcome === 'done' ? take(answer.value.company) : answer;
    },
  };
}
