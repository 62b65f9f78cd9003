import type { Condition, WhereClause } from '@jetstreamapp/soql-parser-js';
import { recordAccess } from '../access/sharing.ts';
import type { QueryRow } from '../data.ts';
import type { OrgCore } from '../dml/work.ts';
import { OrgFault } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import { BIND_MARK, noSuchColumn } from './parse.ts';
import type { ParsedQuery } from './parse.ts';
import type { RunContext } from './plan.ts';
import { readBind } from './values.ts';

export const isUserRecordAccess = (query: ParsedQuery): boolean => query.ast.sObject?.toLowerCase() === 'userrecordaccess';

const MOST_RECORDS = 200;

/**
 * `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = … AND RecordId …`: both filters are needed,
 * 200 records at most. Source: developer.salesforce.com/docs UserRecordAccess (object reference).
 */
export function userRecordAccessRows(core: OrgCore, query: ParsedQuery, context: RunContext): QueryRow[] {
  const users: string[] = [];
  const records: string[] = [];
  for (const condition of conditions(query.ast.where)) {
    const { field, operator, value } = condition as {
      field?: string;
      operator?: string;
      value?: string | string[];
    };
    const name = field?.toLowerCase();
    if (operator !== '=' && operator !== 'IN') continue;
    const given = (Array.isArray(value) ? value : [value ?? '']).flatMap((one) =>
      one.startsWith(`'${BIND_MARK}`)
        ? boundList(readBind(context.binds, one.slice(BIND_MARK.length + 1, -1)))
        : [one.replace(/^'|'$/g, '')],
    );
    if (name === 'userid') users.push(...given);
    if (name === 'recordid') records.push(...given);
  }
  const [user] = users;
  if (!user || records.length === 0)
    throw new OrgFault(400, 'MALFORMED_QUERY', 'UserRecordAccess queries must filter on UserId and RecordId');
  if (records.length > MOST_RECORDS)
    throw new OrgFault(400, 'MALFORMED_QUERY', `UserRecordAccess queries can have at most ${String(MOST_RECORDS)} record ids`);
  const ids = records.map((id) => normaliseId(id) ?? fail(id));
  const rows = recordAccess(core.schema, core.store, core.book, normaliseId(user) ?? fail(user), ids);
  return rows.map((row) =>
    project(query, {
      ...row,
      UserId: user,
      MaxAccessLevel: row.HasDeleteAccess ? 'Delete' : row.HasEditAccess ? 'Edit' : row.HasReadAccess ? 'Read' : 'None',
      HasTransferAccess: row.HasDeleteAccess,
      HasAllAccess: row.HasDeleteAccess,
    }),
  );
}

function project(query: ParsedQuery, row: Record<string, unknown>): QueryRow {
  const result: QueryRow = {
    attributes: { type: 'UserRecordAccess', url: `/services/data/v66.0/sobjects/UserRecordAccess/${String(row['RecordId'])}` },
  };
  for (const field of query.ast.fields ?? []) {
    const name = field.type === 'Field' ? field.field : '';
    const key = Object.keys(row).find((one) => one.toLowerCase() === name.toLowerCase());
    if (!key) throw noSuchColumn(query.text, name, name, 'UserRecordAccess');
    result[key] = row[key];
  }
  return result;
}

const fail = (id: string): never => {
  throw new OrgFault(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${id}`);
};

const boundList = (value: unknown): string[] =>
  (value instanceof Set ? [...value] : Array.isArray(value) ? value : [value]).map((one) => String(one as string));

function* conditions(where: WhereClause | undefined): Generator<Condition> {
  for (let part: WhereClause | undefined = where; part; part = 'right' in part ? part.right : undefined)
    if (part.left) yield part.left as Condition;
}
