/** What is compared; all on one PostgreSQL with fsync on. */
export const KINDS = ['shared', 'alone', 'signature', 'sync-engine', 'http'] as const;
export type Kind = (typeof KINDS)[number] | 'with-worker';

export const TITLES: Record<Kind, string> = {
  shared: 'Trueup, shared commits',
  'with-worker': 'Trueup, web and worker in one',
  alone: '(a) Trueup, a commit each',
  signature: '(b) signature check alone',
  'sync-engine': '(c) @supabase/stripe-sync-engine',
  http: '(d) node:http that only answers',
};

/** As many as our own pool has. */
export const CONNECTIONS_TO_DATABASE = 8;
