import type { z } from 'zod';
import type { Caller, Deps } from '../use-cases/deps.ts';

/** One operation as data: both doors and openapi.yaml are made from the same list. */
export interface Endpoint<Body extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  /** The one name from screen to ledger; the address is `/v1/<operationId>`. */
  operationId: string;
  summary: string;
  description: string;
  /** It makes so many calls to the providers that they take their turns behind those of people who wait for one thing. */
  background?: true;
  /** The permission set whose holders may call it through AppLink. */
  permissionSet: string;
  /** It marks objects: who deals with them is told at once. */
  wakes?: boolean;
  body: Body;
  reply: Reply;
  /** `body` is already parsed; expected failures come as a reply with their outcome, bugs throw. */
  handle(deps: Deps, body: z.output<Body>, caller: Caller): Promise<z.input<Reply>>;
}

/** Keeps the types of schemas and handler together. */
export const endpoint = <Body extends z.ZodType, Reply extends z.ZodType>(definition: Endpoint<Body, Reply>): Endpoint<Body, Reply> =>
  definition;
