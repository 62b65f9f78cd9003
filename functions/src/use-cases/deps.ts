import type { Asking } from '../ports/records.ts';

export type { Ports as Deps } from '../ports/ports.ts';

/** Who asks: from the door, already authenticated. Ids of 18 characters. */
export interface Caller extends Asking {
  correlationId: string;
}
