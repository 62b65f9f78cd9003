import { makeId } from '../ids/record-id.ts';
import type { RecordStore } from '../store.ts';
import type { BulkJob, JobKind, LineKind } from './job.ts';

/** Key prefix of jobs. Recorded in the tests of the AppLink SDK. */
const JOB_PREFIX = '750';

/** Jobs and their results are kept this long. Source: Bulk API 2.0 guide, limits. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** Jobs, uploads and results, in the org's database: a restart goes on where a job stood. */
export interface JobStore {
  add(job: Omit<BulkJob, 'id'>): BulkJob;
  get(kind: JobKind, id: string): BulkJob | undefined;
  /** Newest first. */
  list(kind: JobKind): BulkJob[];
  save(job: BulkJob): void;
  remove(job: BulkJob): void;
  upload(job: BulkJob, csv: string): void;
  uploaded(job: BulkJob): string | undefined;
  addLine(job: BulkJob, kind: LineKind, line: string): void;
  /** Lines from number `from` on, at most `most` of them. */
  lines(job: BulkJob, kind: LineKind, from?: number, most?: number): string[];
}

export function openJobs(store: RecordStore): JobStore {
  store.db.exec(`
    CREATE TABLE IF NOT EXISTS _bulk_job (id TEXT PRIMARY KEY, number INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS _bulk_upload (job TEXT PRIMARY KEY, csv TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS _bulk_line (job TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, line TEXT NOT NULL,
      PRIMARY KEY (job, kind, number)) WITHOUT ROWID;
  `);
  const jobs = new Map<string, BulkJob>();
  const counts = new Map<string, number>();
  let last = 1000;
  for (const row of store.prepare('SELECT number, body FROM _bulk_job ORDER BY number').all()) {
    const job = JSON.parse(String(row['body'])) as BulkJob;
    jobs.set(job.id, job);
    last = Math.max(last, Number(row['number']));
  }
  const remove = (job: BulkJob): void => {
    jobs.delete(job.id);
    store.prepare('DELETE FROM _bulk_job WHERE id = ?').run(job.id);
    store.prepare('DELETE FROM _bulk_upload WHERE job = ?').run(job.id);
    store.prepare('DELETE FROM _bulk_line WHERE job = ?').run(job.id);
  };
  const countLines = (job: BulkJob, kind: LineKind): number => {
    const key = `${job.id} ${kind}`;
    const number =
      counts.get(key) ?? Number(store.prepare('SELECT count(*) AS n FROM _bulk_line WHERE job = ? AND kind = ?').get(job.id, kind)?.['n']);
    counts.set(key, number + 1);
    return number;
  };
  return {
    add: (fields) => {
      for (const old of [...jobs.values()]) if (old.createdAt < fields.createdAt - KEPT_MS) remove(old);
      const job: BulkJob = { id: makeId(JOB_PREFIX, (last += 1)), ...fields };
      jobs.set(job.id, job);
      store.prepare('INSERT INTO _bulk_job (id, number, body) VALUES (?, ?, ?)').run(job.id, last, JSON.stringify(job));
      return job;
    },
    get: (kind, id) => {
      const job = jobs.get(id);
      return job?.kind === kind ? job : undefined;
    },
    list: (kind) => [...jobs.values()].filter((job) => job.kind === kind).reverse(),
    save: (job) => void store.prepare('UPDATE _bulk_job SET body = ? WHERE id = ?').run(JSON.stringify(job), job.id),
    remove,
    upload: (job, csv) => void store.prepare('INSERT INTO _bulk_upload (job, csv) VALUES (?, ?)').run(job.id, csv),
    uploaded: (job) => store.prepare('SELECT csv FROM _bulk_upload WHERE job = ?').get(job.id)?.['csv'] as string | undefined,
    addLine: (job, kind, line) =>
      void store
        .prepare('INSERT INTO _bulk_line (job, kind, number, line) VALUES (?, ?, ?, ?)')
        .run(job.id, kind, countLines(job, kind), line),
    lines: (job, kind, from = 0, most = -1) =>
      store
        .prepare('SELECT line FROM _bulk_line WHERE job = ? AND kind = ? AND number >= ? ORDER BY number LIMIT ? + 0')
        .all(job.id, kind, from, most)
        .map((row) => String(row['line'])),
  };
}
