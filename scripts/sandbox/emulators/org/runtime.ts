import type { Clock } from '../core/clock.ts';
import type { OrgData, RecordChange } from './data.ts';
import type { ApexPort } from './routes/api.ts';
import type { SchemaProblem } from './schema/metadata-file.ts';

/** One HTTP request of Apex; the endpoint may begin with `callout:`. */
export interface CalloutRequest {
  endpoint: string;
  method: string;
  headers: Record<string, string>;
  body: string | Buffer;
  timeoutMs: number;
}

export interface CalloutAnswer {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** What the org hands to the runner of the package's code. */
export interface RuntimeContext {
  packageDirs: string[];
  data: OrgData;
  clock: Clock;
  callout(request: CalloutRequest, userId: string): Promise<CalloutAnswer>;
  /** Who scheduled flows run as. */
  automationUserId: string;
}

export interface FlowSummary {
  name: string;
  label: string;
  kind: string;
  active: boolean;
}

/** The runner of the package's Apex and flows, as the org sees it. */
export interface OrgRuntime {
  apex: ApexPort & { runTests(filter?: string): Promise<unknown> };
  flows: {
    list(): FlowSummary[];
    runScheduled(name: string): Promise<unknown>;
    onRecordChange(changes: RecordChange[]): void | Promise<unknown>;
    /** Runs what falls due by the clock; called after the clock moved and once a minute. */
    due(now: number): Promise<unknown>;
    /** Notes anew when each flow is due, after the clock was set. */
    rearm(): void;
  };
  /** Constructs the runner does not support; the org does not start while there are any. */
  check(): SchemaProblem[];
  /** Cancels the schedules. */
  stop?(): void;
}

export type RuntimeFactory = (context: RuntimeContext) => OrgRuntime | Promise<OrgRuntime>;
