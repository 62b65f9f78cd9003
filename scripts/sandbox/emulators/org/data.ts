import type { Query } from '@jetstreamapp/soql-parser-js';
import type { OrgSchema } from './schema/model.ts';

/** A parsed SOQL statement, as `@jetstreamapp/soql-parser-js` gives it. */
export type SoqlAst = Query;

/**
 * Who acts, and when. `accessLevel` 'user' (the default) applies object rights, field-level security and sharing;
 * 'sharing' applies record sharing only (Apex `with sharing` without user mode); 'system' applies none of them.
 */
export interface DataContext {
  userId: string;
  /** Milliseconds since the epoch, from the sandbox's clock. */
  now: number;
  accessLevel?: AccessLevel;
  limits?: unknown;
}

export type AccessLevel = 'user' | 'sharing' | 'system';

/** One record, keyed by API names; relationships are nested rows. */
export interface SObjectRow {
  attributes: { type: string; url?: string };
  Id?: string;
  [field: string]: unknown;
}

/** One row of a query: a record, or the columns of an aggregate (alias or expr0, expr1, …). */
export interface QueryRow {
  attributes: { type: string; url?: string };
  [field: string]: unknown;
}

/** The rows of a child subquery; null in the parent row when there are none. */
export interface ChildRows {
  totalSize: number;
  done: true;
  records: QueryRow[];
}

export interface DmlError {
  statusCode: string;
  message: string;
  fields: string[];
}

export interface SaveResult {
  id?: string;
  success: boolean;
  /** Set by upsert alone. */
  created?: boolean;
  errors: DmlError[];
}

export interface DmlOptions {
  allOrNone: boolean;
  /** For upsert: the external id field; Id when absent. */
  externalIdField?: string;
  accessLevel: AccessLevel;
}

/** A record of the package's metadata: custom metadata records carry their fields in `values`. */
export interface MetadataRecord {
  type: string;
  /** Full API name, such as `Trueup_Setting.Default_Terms` or `Trueup_Sales_Rep`. */
  name: string;
  label: string;
  values: Record<string, unknown>;
}

/** One custom metadata record as a deployment holds it. A field it leaves out keeps its value. */
export interface MetadataComponent {
  fullName: string;
  label: string | null;
  values: { field: string; value: string | number | boolean | null }[];
}

/** What became of one component of a deployment. */
export interface ComponentOutcome {
  fullName: string;
  success: boolean;
  created: boolean;
  id: string | null;
  problem: string | null;
}

export interface RecordAccess {
  RecordId: string;
  HasReadAccess: boolean;
  HasEditAccess: boolean;
  HasDeleteAccess: boolean;
}

export interface Savepoint {
  rollback(): void;
  release(): void;
}

/** One saved change, told to listeners after the DML statement that made it has been written. */
export interface RecordChange {
  kind: 'insert' | 'update' | 'delete';
  object: string;
  id: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  userId: string;
}

/** One published platform event. */
export interface PlatformEvent {
  object: string;
  replayId: number;
  payload: Record<string, unknown>;
  at: number;
}

/**
 * All data of the local org as the Apex and flow runner sees it. Synchronous: node:sqlite is.
 * Statement failures that are not about a row (bad SOQL, unknown object) throw an `OrgFault` (errors.ts).
 */
export interface OrgData {
  readonly schema: OrgSchema;
  query(soql: string | SoqlAst, context: DataContext, binds?: Record<string, unknown>): QueryRow[];
  /** `SELECT COUNT() FROM …` answers no rows: this is its number. */
  count(soql: string | SoqlAst, context: DataContext, binds?: Record<string, unknown>): number;
  insert(rows: SObjectRow[], context: DataContext, options: DmlOptions): SaveResult[];
  update(rows: SObjectRow[], context: DataContext, options: DmlOptions): SaveResult[];
  upsert(rows: SObjectRow[], context: DataContext, options: DmlOptions): SaveResult[];
  delete(rows: SObjectRow[], context: DataContext, options: DmlOptions): SaveResult[];
  /** Events wait for the outermost savepoint to be released when their object publishes after commit. */
  publish(events: SObjectRow[], context: DataContext): SaveResult[];
  savepoint(): Savepoint;
  metadata(type: string, name?: string): MetadataRecord[];
  /** Saves custom metadata records with the user's rights: all or none. */
  deployMetadata(components: MetadataComponent[], context: Pick<DataContext, 'userId' | 'now'>): ComponentOutcome[];
  /** Id of a job that runs later. */
  nextJobId(kind: 'DeployRequest' | 'AsyncApexJob'): string;
  hasCustomPermission(userId: string, name: string): boolean;
  recordAccess(userId: string, ids: string[]): RecordAccess[];
  /** Field-level and object rights of a user, for `Schema` describes in Apex. */
  canRead(userId: string, object: string, field?: string): boolean;
  canEdit(userId: string, object: string, field?: string): boolean;
  onChange(listener: (change: RecordChange) => void): () => void;
  onEvent(listener: (event: PlatformEvent) => void): () => void;
}
