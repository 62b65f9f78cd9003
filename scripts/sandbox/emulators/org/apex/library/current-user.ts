import type { QueryRow } from '../../data.ts';
import type { Run } from '../evaluate/run.ts';

const FIELDS = [
  'Id',
  'Username',
  'Name',
  'FirstName',
  'LastName',
  'Email',
  'TimeZoneSidKey',
  'LocaleSidKey',
  'LanguageLocaleKey',
  'ProfileId',
  'UserRoleId',
  'DefaultCurrencyIsoCode',
];

/** The acting user's record, read with the rights of the system and never counted as a query. */
export function currentUser(run: Run): QueryRow {
  const fields = FIELDS.filter((name) => run.org.data.schema.field('User', name));
  const [row] = run.org.data.query(
    `SELECT ${fields.join(', ')} FROM User WHERE Id = :userId`,
    { userId: run.userId, now: run.org.clock.now(), accessLevel: 'system' },
    { userId: run.userId },
  );
  if (!row) throw new Error(`There is no user ${run.userId} in the local org`);
  return row;
}

/** IANA name of the acting user's time zone. */
export const timeZoneOf = (run: Run): string => String(currentUser(run)['TimeZoneSidKey'] ?? 'GMT');

export function organization(run: Run): QueryRow {
  const fields = ['Id', 'Name', 'DefaultLocaleSidKey', 'TimeZoneSidKey'].filter((name) => run.org.data.schema.field('Organization', name));
  const [row] = run.org.data.query(`SELECT ${fields.join(', ')} FROM Organization LIMIT 1`, {
    userId: run.userId,
    now: run.org.clock.now(),
    accessLevel: 'system',
  });
  if (!row) throw new Error('There is no Organization record in the local org');
  return row;
}
