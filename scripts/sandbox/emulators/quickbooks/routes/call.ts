import type { Draft, Entity, EntityName } from '../entities.ts';
import type { QuerySource } from '../query/run.ts';
import type { RuleContext } from '../rules/context.ts';
import type { WriteOperation } from '../rules/write.ts';

/** One request to a company, after authentication: what every route works with. */
export interface Call {
  method: string;
  realmId: string;
  /** The path after `/v3/company/<realm>`, split. */
  segments: string[];
  /** The whole path, for messages. */
  path: string;
  query: Record<string, string>;
  body: unknown;
  now: number;
  context(include?: string): RuleContext;
  source: QuerySource;
  /** Writes in a transaction of its own. */
  write(entity: EntityName, input: Draft, operation: WriteOperation, include?: string, upload?: Buffer): Draft;
  /** Runs `fn` in a transaction of its own. */
  transaction<R>(fn: () => R): R;
  present(entity: EntityName, body: Entity): Entity;
  /** Where this stand-in is reached. */
  origin: string;
  /** Counts something asked for that is not modelled. */
  refuse(what: string): void;
}

/** What a route answers: a JSON body that gets its `time` (unless told), or bytes. */
export interface Reply {
  status?: number;
  body: Draft | Buffer;
  contentType?: string;
  /** True: the body gets no `time`. */
  isTimeless?: boolean;
}
