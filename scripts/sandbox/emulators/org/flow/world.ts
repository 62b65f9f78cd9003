import type { DataContext, OrgData } from '../data.ts';
import type { ApexRuntime } from '../apex/index.ts';
import type { Clock } from '../../core/clock.ts';
import type { FlowDefinition } from './definition.ts';

/** A transaction of the Apex runtime, which actions and saves of the flow share. */
export type FlowTransaction = Parameters<Parameters<ApexRuntime['transact']>[1]>[0];

/** What the running of flows needs. */
export interface FlowWorld {
  readonly data: OrgData;
  readonly apex: Pick<ApexRuntime, 'transact' | 'runAction'>;
  readonly clock: Clock;
  readonly flows: Map<string, FlowDefinition>;
  /** IANA name; days and schedules are the org's. */
  readonly timeZone: string;
}

export const contextOf = (flow: FlowDefinition, transaction: FlowTransaction, world: FlowWorld): DataContext => ({
  userId: transaction.userId,
  now: world.clock.now(),
  accessLevel: flow.accessLevel,
  limits: transaction.limits,
});
