/** The only source of time; the sandbox can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits in this process only; durable waiting is `Run.sleep` of the engine. */
  sleep(ms: number): Promise<void>;
}
