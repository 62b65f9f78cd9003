import type { Company } from '../../domain/company.ts';
import { type Failure, type Outcome, done, rejected } from '../../domain/outcome.ts';
import type { Rights } from '../../domain/source.ts';
import type { Row, SalesforceClient } from './client.ts';
import { companyQuery, permissionQueries } from './select.ts';
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

export function rightsOf(permissions: Row[], access: Row[]): Rights {
  const has = (name: string) => permissions.some((row) => row.DeveloperName === name);
  return {
    canRead: access.some((row) => row.HasReadAccess === true),
    canEdit: access.some((row) => row.HasEditAccess === true),
    issueInvoice: has('Trueup_Issue_Invoice'),
    voidInvoice: has('Trueup_Void_Invoice'),
    editPrice: has('Trueup_Edit_Price'),
    runSync: has('Trueup_Run_Sync'),
  };
}

/** The company and the custom permissions of one user. */
export interface UserContext {
  company: Company;
  permissions: Row[];
}

export interface UserContexts {
  /** @param userId null when no user asked */
  read(userId: string | null): Promise<Outcome<UserContext>>;
}

/** The permissions whose ids the user's permission sets grant; one may come through several sets. */
function granted(grants: Row[], permissions: Row[]): Row[] {
  const ids = new Set(grants.map((grant) => String(grant.SetupEntityId)));
  return permissions.filter((permission) => ids.has(String(permission.Id)));
}

/** How long a company record and a user's permissions are believed; the Apex entry checks the permission at every click. */
const TIME_TO_LIVE_MS = 60_000;

/** Reads company and permissions in one composite call and keeps them for a minute, so that a click costs one read call. */
export function createUserContexts(client: SalesforceClient, settings: RecordsSettings): UserContexts {
  const kept = new Map<string, { value: UserContext; at: number }>();
  return {
    async read(userId) {
      const known = kept.get(userId ?? '');
      if (known && performance.now() - known.at < TIME_TO_LIVE_MS) return done(known.value);
      const answer = await client.queries<string>('read-company', {
        company: companyQuery(settings.companyKey),
        ...(userId ? permissionQueries(userId) : {}),
      });
      if (answer.outcome !== 'done') return answer;
      const rows = answer.value.company ?? [];
      const refused = fence(rows, settings.orgId);
      if (refused) return refused;
      const value = { company: toCompany(rows[0] as Row), permissions: granted(answer.value.grants ?? [], answer.value.permissions ?? []) };
      kept.set(userId ?? '', { value, at: performance.now() });
      return done(value);
    },
  };
}
