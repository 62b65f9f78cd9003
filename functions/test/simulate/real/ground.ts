import pg from 'pg';
import type { FaultPlan } from '../../../../scripts/sandbox/index.ts';
import { createFaultPlan } from '../../../../scripts/sandbox/index.ts';
import { type Road, startRoad } from '../../road.ts';

/** The whole product with real processes and PostgreSQL: each seed begins on the same snapshot of it. */
export interface RealGround {
  road: Road;
  database: pg.Pool;
  /** Puts everything back as it was at first, and from here on asks this plan for faults. */
  begin(plan: Pick<FaultPlan, 'next'>): Promise<void>;
  /** Nothing goes wrong any more. */
  calm(): void;
  stop(): Promise<void>;
}

const SNAPSHOT = 'ground';

export async function openRealGround(): Promise<RealGround> {
  const faults = createFaultPlan(1);
  const none = faults.next.bind(faults);
  const road = await startRoad({ limits: false, faults });
  const { snapshots, clock, databaseUrl } = road.sandbox;
  await snapshots.take(SNAPSHOT);
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // Restoring a snapshot ends every connection to the database.
  database.on('error', () => undefined);
  let isNew = true;
  return {
    road,
    database,
    async begin(plan) {
      if (!isNew) {
        await snapshots.restore(SNAPSHOT);
        await clock.advance(Math.max(Date.now() - clock.now(), 0));
      }
      isNew = false;
      faults.next = (point, context) => plan.next(point, context);
    },
    calm: () => void (faults.next = none),
    async stop() {
      await database.end();
      await road.stop();
    },
  };
}
