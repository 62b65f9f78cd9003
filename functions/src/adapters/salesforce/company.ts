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
}

/** How long the company record is believed, so that a click costs one read call. */
const TIME_TO_LIVE_MS = 60_000;

/** The company record of this process, behind the org fence, read at most once a minute. */
export function createCompanies(client: SalesforceClient, settings: RecordsSettings): Companies {
  let kept: { value: Company; at: number } | undefined;
  return {
    async read() {
      if (kept && performance.now() - kept.at < TIME_TO_LIVE_MS) return done(kept.value);
      const answer = await client.queries('read-company', { company: companyQuery(settings.companyKey) });
      if (answer.outcome !== 'done') return answer;
      const refused = fence(answer.value.company, settings.orgId);
      if (refused) return refused;
      kept = { value: toCompany(answer.value.company[0] as Row), at: performance.now() };
      return done(kept.value);
    },
  };
}
