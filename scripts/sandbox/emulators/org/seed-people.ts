import { makeId } from './ids/record-id.ts';
import type { OrgCore } from './dml/work.ts';
import { quote } from './store.ts';
import type { StoredRow } from './store.ts';

export const PERSONAS = ['rep', 'admin', 'accountant', 'integration', 'automation', 'none'] as const;
export type Persona = (typeof PERSONAS)[number];

/** Who is who: name, profile and the permission sets the person gets, as far as the package has them. */
const PEOPLE: Record<Persona, { first: string; last: string; title: string; profile: string; permissionSets: string[] }> = {
  rep: {
    first: 'Rosa',
    last: 'Reyes',
    title: 'Account Executive',
    profile: 'Standard User',
    permissionSets: ['Trueup_Sales_Rep', 'Trueup_Orders'],
  },
  admin: {
    first: 'Ada',
    last: 'Adeyemi',
    title: 'Salesforce Administrator',
    profile: 'System Administrator',
    permissionSets: ['Trueup_Billing_Admin', 'Trueup_Orders'],
  },
  accountant: { first: 'Anton', last: 'Berg', title: 'Controller', profile: 'Standard User', permissionSets: ['Trueup_Accountant'] },
  integration: {
    first: 'Trueup',
    last: 'Integration',
    title: 'Integration',
    profile: 'Minimum Access - API Only Integrations',
    permissionSets: ['Trueup_Integration', 'Trueup_Integration_Orders'],
  },
  automation: {
    first: 'Default',
    last: 'Workflow User',
    title: 'Automation',
    profile: 'Minimum Access - Salesforce',
    permissionSets: ['Trueup_Automation'],
  },
  none: { first: 'Nora', last: 'Nowak', title: 'Support Agent', profile: 'Standard User', permissionSets: [] },
};

/** The people of the sandbox, with their profiles and permission sets. */
export function seedPeople(
  core: OrgCore,
  put: (object: string, id: string, row: StoredRow) => string,
  options: { timeZone: string; currencies: string[] },
): Record<Persona, string> {
  const users = {} as Record<Persona, string>;
  PERSONAS.forEach((persona, index) => {
    const { first, last, title, profile, permissionSets } = PEOPLE[persona];
    const username = `${persona}@trueup.local`;
    users[persona] = put('User', makeId('005', index + 1), {
      Username: username,
      Email: username,
      FirstName: first,
      LastName: last,
      Name: `${first} ${last}`,
      Alias: persona.slice(0, 8),
      Title: title,
      IsActive: 1,
      UserType: persona === 'automation' ? 'AutomatedProcess' : 'Standard',
      TimeZoneSidKey: options.timeZone,
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      ProfileId: existing(core, 'Profile', profile) ?? null,
      DefaultCurrencyIsoCode: options.currencies[0] ?? 'USD',
    });
    for (const name of permissionSets) assign(core, put, users[persona], name);
  });
  core.book.forget();
  return users;
}

function assign(core: OrgCore, put: (object: string, id: string, row: StoredRow) => string, userId: string, name: string): void {
  const object = core.schema.object('PermissionSetAssignment');
  const set = existing(core, 'PermissionSet', name);
  if (
    !object ||
    !set ||
    core.store.prepare('SELECT 1 FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ?').get(userId, set)
  )
    return;
  put(object.name, core.store.nextId(object), { AssigneeId: userId, PermissionSetId: set, IsActive: 1 });
}

/** Id of the row with this name. */
export function existing(core: OrgCore, object: string, name: string): string | undefined {
  return core.store.prepare(`SELECT "Id" FROM ${quote(object)} WHERE "Name" = ?`).get(name)?.['Id'] as string | undefined;
}
