import type { Clock } from '../core/index.ts';
import { finalizeAutomatically } from './automatic-advance.ts';
import { expireSession } from './checkout/sessions.ts';
import { chargeAutomatically } from './collection.ts';
import type { DueWork } from './entities.ts';
import { decideDispute } from './disputes.ts';
import { disputePayment, settlePayment } from './payments.ts';
import { payoutArrives, payoutLeaves, runPayouts } from './payouts.ts';
import { remind } from './reminders.ts';
import { failRefund, settleRefund } from './refunds.ts';
import { cancelOnDate, expireSubscription } from './subscriptions/cancel.ts';
import { becomePastDue } from './subscriptions/react.ts';
import { announceTrialEnd, renewSubscription } from './subscriptions/renew.ts';
import { followSchedule } from './schedules/schedules.ts';
import { finishAdvance } from './test-clocks/advance.ts';
import type { StripeStore } from './store.ts';
import type { World } from './world.ts';

/** What happens by itself: bank debits settle, refunds arrive, payouts leave, drafts with `auto_advance` are finalized. Kept, so that a restart loses nothing. */
export interface Timetable {
  /** With a test clock it waits for that one's time. */
  add(kind: DueWork['kind'], at: number, reference: string, clock?: string): void;
  remove(kind: DueWork['kind'], reference: string): void;
  /** Arms the clock for everything that is stored. */
  resume(): void;
  stop(): void;
}

const DEEDS: Record<DueWork['kind'], (world: World, reference: string) => unknown> = {
  'settle-payment': settlePayment,
  'settle-refund': settleRefund,
  'fail-refund': (world, id) => failRefund(world, id),
  'dispute-payment': disputePayment,
  'decide-dispute': decideDispute,
  'pay-out': runPayouts,
  'payout-leaves': payoutLeaves,
  'payout-arrives': payoutArrives,
  'finalize-invoice': finalizeAutomatically,
  'collect-invoice': chargeAutomatically,
  'invoice-will-be-due': remind('invoice.will_be_due'),
  'invoice-past-due': becomePastDue,
  'invoice-overdue': remind('invoice.overdue'),
  'renew-subscription': renewSubscription,
  'cancel-subscription': cancelOnDate,
  'expire-subscription': expireSubscription,
  'trial-will-end': announceTrialEnd,
  'follow-schedule': followSchedule,
  'expire-session': expireSession,
  'advance-test-clock': (world, id) => finishAdvance(world, id, (work) => DEEDS[work.kind](world, work.reference)),
};

export function createTimetable({ clock, db, act }: { clock: Clock; db: StripeStore; act<R>(fn: (world: World) => R): R }): Timetable {
  const armed = new Map<string, () => void>();
  const idOf = (kind: string, reference: string) => `${kind}:${reference}`;

  const arm = (work: DueWork) => {
    armed.get(work.id)?.();
    armed.set(
      work.id,
      clock.setTimer(work.at * 1000, () => {
        armed.delete(work.id);
        // A reset or a restore may have taken it away.
        if (db.due.get(work.id)?.at !== work.at) return;
        act((world) => {
          db.due.delete(work.id);
          DEEDS[work.kind](world, work.reference);
        });
      }),
    );
  };

  const stop = () => {
    for (const cancel of armed.values()) cancel();
    armed.clear();
  };

  return {
    stop,
    add(kind, at, reference, testClock) {
      const work = { id: idOf(kind, reference), at, kind, reference, ...(testClock === undefined ? {} : { clock: testClock }) };
      db.due.put(work);
      if (testClock === undefined) arm(work);
    },
    remove(kind, reference) {
      armed.get(idOf(kind, reference))?.();
      armed.delete(idOf(kind, reference));
      db.due.delete(idOf(kind, reference));
    },
    resume() {
      stop();
      db.due
        .all()
        .filter((work) => work.clock === undefined)
        .forEach(arm);
    },
  };
}
