import { type Rest, quote } from './rest.ts';

/** Which permission set belongs to which flag of `sf trueup setup`. */
export const SETS = {
  rep: 'Trueup_Sales_Rep',
  admin: 'Trueup_Billing_Admin',
  accountant: 'Trueup_Accountant',
  automation: 'Trueup_Automation',
  integration: 'Trueup_Integration',
} as const;

export type Role = keyof typeof SETS;

export interface Assignment {
  username: string;
  userId: string;
  set: string;
  setId: string;
}

/** The assignments that are missing. Throws, with what to do, when a user or a permission set does not exist. */
export async function missingAssignments(rest: Rest, wanted: { role: Role; username: string }[]): Promise<Assignment[]> {
  const missing: Assignment[] = [];
  for (const { role, username } of wanted) {
    const set = SETS[role];
    const userId = await idOf(rest, `SELECT Id FROM User WHERE Username = ${quote(username)}`, `There is no user ${username} in this org.`);
    const setId = await idOf(
      rest,
      `SELECT Id FROM PermissionSet WHERE Name = ${quote(set)}`,
      `The permission set ${set} is missing: is the package installed?`,
    );
    const held = await rest.query<{ Id: string }>(
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = ${quote(userId)} AND PermissionSetId = ${quote(setId)}`,
    );
    if (!held.found) throw new Error(held.why);
    if (held.value.length === 0) missing.push({ username, userId, set, setId });
  }
  return missing;
}

async function idOf(rest: Rest, soql: string, otherwise: string): Promise<string> {
  const answer = await rest.query<{ Id: string }>(soql);
  if (!answer.found) throw new Error(answer.why);
  const [row] = answer.value;
  if (!row) throw new Error(otherwise);
  return row.Id;
}

export async function assign(rest: Rest, assignment: Assignment): Promise<void> {
  await rest.send('POST', '/sobjects/PermissionSetAssignment', { AssigneeId: assignment.userId, PermissionSetId: assignment.setId });
}
