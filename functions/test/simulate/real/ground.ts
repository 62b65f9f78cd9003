import pg from 'pg';
import { type FaultPlan, createFaultPlan } from '../../../../scripts/sandbox/index.ts';
import { type Road, startRoad } from '../../road.ts';

/** The whole product with real processes, DBOS and PostgreSQL. */
export interface RealGround {
  road: Road;
  database: pg.Pool;
  /** Keeps everything as it is now; `begin` puts it back. */
  keep(): Promise<void>;
  begin(): Promise<void>;
  /** From here on this plan is asked for faults; null: nothing goes wrong. */
  suffer(plan: Pick<FaultPlan, 'next'> | null): void;
  stop(): Promise<void>;
}

const SNAPSHOT = 'ground';

export async function openRealGround(): Promise<RealGround> {
  const faults = createFaultPlan(1);
  const none = faults.next.bind(faults);
  const road = await startRoad({ limits: false, durable: true, faults });
  const { snapshots, clock, clocks, databaseUrl } = road.sandbox;
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // Putting a snapshot back ends every connection to the database.
  database.on('error', () => undefined);
  return {
    road,
    database,
    async keep() {
      await snapshots.take(SNAPSHOT);
    },
    async begin() {
      await snapshots.restore(SNAPSHOT);
      for (const each of Object.values(clocks)) each.skew(0);
      // The functions begin in the machine's time.
      await clock.advance(Math.max(Date.now() - clock.now(), 0));
    },
    suffer: (plan) => void (faults.next = plan ? (point, context) => plan.next(point, context) : none),
    async stop() {
      await database.end();
      await road.stop();
    },
  };
}
