import { CREDENTIAL, readNamedCredential, readSecret } from './credential.ts';
import { SETS } from './people.ts';
import type { Rest } from './rest.ts';

export interface Finding {
  check: string;
  /** `unknown`: it cannot be told from here. */
  state: 'ok' | 'warning' | 'failed' | 'unknown';
  detail: string;
  fix: string;
}

const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail, fix: '' });
const failed = (check: string, detail: string, fix: string): Finding => ({ check, state: 'failed', detail, fix });
const warning = (check: string, detail: string, fix: string): Finding => ({ check, state: 'warning', detail, fix });

export interface DoctorRead {
  rest: Rest;
  orgId: string;
  /** Asks the functions; a network failure is an answer. */
  health(url: string): Promise<{ status?: string; checks?: { name: string; ok: boolean; detail: string }[]; error?: string }>;
}

/** Everything that can be tested from outside, in the order in which a new installation is put right. */
export async function examine(read: DoctorRead): Promise<Finding[]> {
  const loggedOut = await login(read);
  if (loggedOut) return [loggedOut];
  const findings = [await packageInstalled(read), ...(await permissionSets(read)), ...(await company(read)), await secretFilled(read)];
  const named = await readNamedCredential(read.rest);
  if (!named.found) {
    findings.push(failed('named credential', `${CREDENTIAL.named} does not exist`, 'sf trueup setup --functions-url <https://…>'));
    return findings;
  }
  const url = named.value.calloutUrl ?? '';
  findings.push(ok('named credential', url));
  const seen = await functions(read, url);
  const reached = seen.some((finding) => finding.check === 'functions' && finding.state !== 'failed');
  return [...findings, ...seen, ...(reached ? [await callFromSalesforce(read)] : []), await apiCalls(read)];
}

/** Everything else would fail for the same reason. */
async function login({ rest }: DoctorRead): Promise<Finding | null> {
  const answer = await rest.get('/limits');
  return !answer.found && answer.why.startsWith('INVALID_SESSION_ID')
    ? failed('login', 'the session of this org has ended', 'sf org login web --alias <org>')
    : null;
}

async function packageInstalled({ rest }: DoctorRead): Promise<Finding> {
  const answer = await rest.get('/sobjects/Trueup_Invoice__c/describe');
  return answer.found
    ? ok('package', 'installed and visible to you')
    : failed('package', answer.why, 'Install the package (docs/go-live.md, step 1) and assign yourself Trueup Billing Admin.');
}

async function permissionSets({ rest }: DoctorRead): Promise<Finding[]> {
  const answer = await rest.query<{ PermissionSet: { Name: string } }>(
    "SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE PermissionSet.Name LIKE 'Trueup_%'",
  );
  if (!answer.found)
    return [{ check: 'permission sets', state: 'unknown', detail: answer.why, fix: 'Log in as a user who may see permission sets.' }];
  const held = new Map<string, number>();
  for (const row of answer.value) held.set(row.PermissionSet.Name, (held.get(row.PermissionSet.Name) ?? 0) + 1);
  return Object.entries(SETS).map(([role, set]) => {
    const people = held.get(set) ?? 0;
    const check = `permission set ${set}`;
    if (people > 0) return ok(check, `${people} assigned`);
    // The functions themselves write as this user; the other sets may belong to people who are yet to come.
    return (role === 'integration' ? failed : warning)(check, 'nobody has it', `sf trueup setup --${role} <username>`);
  });
}

async function company({ rest, orgId }: DoctorRead): Promise<Finding[]> {
  const answer = await rest.query<{
    Name: string;
    Org_Id__c: string | null;
    Active__c: boolean;
    Connected__c: boolean;
    Stripe_Account_Id__c: string | null;
    QuickBooks_Realm_Id__c: string | null;
  }>('SELECT Name, Org_Id__c, Active__c, Connected__c, Stripe_Account_Id__c, QuickBooks_Realm_Id__c FROM Trueup_Company__c');
  if (!answer.found) return [failed('company', answer.why, 'Assign yourself Trueup Billing Admin.')];
  if (answer.value.length === 0)
    return [failed('company', 'no company record', 'Create one in the app Billing, tab Companies (docs/go-live.md, step 4).')];
  return answer.value.map((row) => {
    const check = `company ${row.Name}`;
    if (row.Org_Id__c && row.Org_Id__c.slice(0, 15) !== orgId.slice(0, 15))
      return failed(
        check,
        'belongs to another org: this one was copied from it',
        'Connect test companies of Stripe and QuickBooks, then set Org Id to this org.',
      );
    if (!row.Stripe_Account_Id__c || !row.QuickBooks_Realm_Id__c)
      return failed(check, 'Stripe account or QuickBooks company is not named', 'Fill Stripe Account Id and QuickBooks Realm Id.');
    return row.Active__c && row.Connected__c
      ? ok(check, 'connected')
      : warning(check, 'not active or not connected', 'Tick Active and Connected once both systems answer.');
  });
}

async function secretFilled({ rest }: DoctorRead): Promise<Finding> {
  const answer = await readSecret(rest);
  if (!answer.found) return failed('credential', answer.why, 'Install the package: it carries the external credential.');
  return answer.value.authenticationStatus === 'Configured'
    ? ok('credential', 'the secret is filled')
    : failed('credential', 'the secret is empty', 'sf trueup setup (asks for the secret)');
}

async function functions({ health }: DoctorRead, url: string): Promise<Finding[]> {
  const answer = await health(url);
  if (answer.error)
    return [failed('functions', `${url} does not answer: ${answer.error}`, 'Look at the logs of the Heroku app: heroku logs --tail')];
  const parts = (answer.checks ?? []).map((check) =>
    check.ok
      ? ok(`functions: ${check.name}`, check.detail)
      : failed(`functions: ${check.name}`, check.detail, FIX[check.name] ?? 'Look at the logs of the Heroku app.'),
  );
  return [
    answer.status === 'ok' ? ok('functions', url) : warning('functions', `${url} is up, but not all of it`, 'See the lines below.'),
    ...parts,
  ];
}

/** The package's own Apex calls the functions through the named credential: only so the secret and the principal's grant are proved. */
async function callFromSalesforce({ rest }: DoctorRead): Promise<Finding> {
  const check = 'call from Salesforce';
  const path = '/actions/custom/apex/TrueupCheckConnection';
  const answer = await rest.post<{ outputValues: { output?: string } | null }[]>(path, { inputs: [{ callers: 'sf trueup doctor' }] });
  if (!answer.found)
    return { check, state: 'unknown', detail: answer.why, fix: 'Assign yourself Trueup Billing Admin: it may make this call.' };
  const said = answer.value[0]?.outputValues?.output ?? 'no answer';
  return said === 'connected'
    ? ok(check, 'the functions know this org and its secret')
    : failed(check, said, 'Fill the secret anew: TRUEUP_FUNCTION_SECRET=<secret> sf trueup setup');
}

const FIX: Record<string, string> = {
  database: 'heroku pg:info; the functions need DATABASE_URL',
  salesforce: 'heroku salesforce:authorizations:add worker',
  stripe: 'Check STRIPE_SECRET_KEY and the permissions of the restricted key (docs/go-live.md).',
  quickbooks: 'Connect QuickBooks again and set QUICKBOOKS_REFRESH_TOKEN.',
};

async function apiCalls({ rest }: DoctorRead): Promise<Finding> {
  const answer = await rest.get<{ DailyApiRequests?: { Max: number; Remaining: number } }>('/limits');
  const daily = answer.found ? answer.value.DailyApiRequests : undefined;
  if (!daily) return { check: 'API calls', state: 'unknown', detail: answer.found ? 'the org does not say' : answer.why, fix: '' };
  const detail = `${daily.Remaining.toLocaleString('en')} of ${daily.Max.toLocaleString('en')} left today`;
  return daily.Remaining < daily.Max / 10
    ? warning('API calls', detail, 'Find what uses them up in Setup, API Usage; loads pause at 10 %.')
    : ok('API calls', detail);
}
