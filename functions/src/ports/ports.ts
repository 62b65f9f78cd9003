import type { Balance } from './balance.ts';
import type { Bookings } from './bookings.ts';
import type { CallMeter } from './call-meter.ts';
import type { Clock } from './clock.ts';
import type { CustomerRecords } from './customer-records.ts';
import type { Customers } from './customers.ts';
import type { EffectLog } from './effect-log.ts';
import type { Engine } from './engine.ts';
import type { History } from './history.ts';
import type { Inbox } from './inbox.ts';
import type { InvoiceNumbers } from './invoice-numbers.ts';
import type { Ledger } from './ledger.ts';
import type { LoadRecords } from './load-records.ts';
import type { Loads } from './loads.ts';
import type { Mappings } from './mappings.ts';
import type { MatchRecords } from './match-records.ts';
import type { MoneyRecords } from './money-records.ts';
import type { Payloads } from './payloads.ts';
import type { Payments } from './payments.ts';
import type { Progress } from './progress.ts';
import type { Records } from './records.ts';
import type { Timeline } from './timeline.ts';

/** All that a use case may reach for. Each takes the part it needs: `Pick<Ports, 'records' | 'clock'>`. */
export interface Ports {
  records: Records;
  moneyRecords: MoneyRecords;
  matches: MatchRecords;
  customerRecords: CustomerRecords;
  mappings: Mappings;
  payments: Payments;
  payloads: Payloads;
  balance: Balance;
  ledger: Ledger;
  customers: Customers;
  bookings: Bookings;
  effects: EffectLog;
  numbers: InvoiceNumbers;
  engine: Engine;
  progress: Progress;
  inbox: Inbox;
  timeline: Timeline;
  clock: Clock;
  calls: CallMeter;
  histories: { quickbooks: History; stripe: History };
  loads: Loads;
  loadRecords: LoadRecords;
}
