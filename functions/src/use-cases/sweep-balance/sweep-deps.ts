import type { Deps } from '../deps.ts';

export type SweepDeps = Pick<
  Deps,
  'records' | 'moneyRecords' | 'payments' | 'balance' | 'ledger' | 'bookings' | 'effects' | 'engine' | 'clock'
>;
