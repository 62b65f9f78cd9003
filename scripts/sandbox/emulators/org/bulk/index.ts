import type { Clock } from '../../core/clock.ts';
import { OrgFault } from '../errors.ts';
import type { LocalOrgData } from '../org-data.ts';
import { HeaderProblem } from './columns.ts';
import type { BulkJob } from './job.ts';
import { openJobs } from './job-store.ts';
import type { JobStore } from './job-store.ts';
import { runIngest } from './run-ingest.ts';
import { runQuery } from './run-query.ts';

/** Bulk API 2.0: its jobs, and what works them off. */
export interface Bulk {
  jobs: JobStore;
  /** Has a job worked off from the clock's next moment on; `clock.advance` waits for it. */
  start(job: BulkJob): void;
  /** Goes on with the jobs that an earlier run of the org left unfinished. */
  resume(): void;
  stop(): void;
}

export function createBulk(data: LocalOrgData, clock: Clock): Bulk {
  const jobs = openJobs(data.core.store);
  let stopped = false;
  const change = (job: BulkJob, fields: Partial<BulkJob>): void => {
    Object.assign(job, fields, { changedAt: clock.now() });
    jobs.save(job);
  };
  /** Read anew each time, since an abort or the org's stop comes from outside. */
  const goesOn = (job: BulkJob): boolean => !stopped && job.state === 'InProgress';

  const work = async (job: BulkJob): Promise<void> => {
    if (stopped || (job.state !== 'UploadComplete' && job.state !== 'InProgress')) return;
    change(job, { state: 'InProgress' });
    const began = performance.now();
    const run = job.kind === 'ingest' ? runIngest : runQuery;
    try {
      await run(data, jobs, job, { now: () => clock.now(), goesOn: () => goesOn(job) });
      if (goesOn(job)) change(job, { state: 'JobComplete', processingMs: Math.round(performance.now() - began) });
    } catch (error) {
      if (stopped) return;
      change(job, { state: 'Failed', errorMessage: messageOf(error), processingMs: Math.round(performance.now() - began) });
    }
  };

  const running = new Set<Promise<void>>();
  const start = (job: BulkJob): void =>
    void clock.setTimer(clock.now(), () => {
      const run = work(job).finally(() => running.delete(run));
      running.add(run);
      return run;
    });
  const stopAdvance = clock.onAdvance(async () => void (await Promise.all(running)));
  return {
    jobs,
    start,
    resume: () => {
      for (const kind of ['ingest', 'query'] as const)
        for (const job of jobs.list(kind)) if (job.state === 'UploadComplete' || job.state === 'InProgress') start(job);
    },
    stop: () => {
      stopped = true;
      stopAdvance();
    },
  };
}

/** Why a job failed, as `errorMessage` says it. */
function messageOf(error: unknown): string {
  if (error instanceof HeaderProblem) return error.message;
  if (error instanceof OrgFault) return `InvalidBatch : ${error.message}`;
  console.error(error);
  return `The local org failed: ${error instanceof Error ? error.message : String(error)}`;
}
