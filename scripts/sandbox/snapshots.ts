import fs from 'node:fs';
import path from 'node:path';
import type { RunningOrg } from './emulators/org/index.ts';
import type { RunningQuickbooks } from './emulators/quickbooks/index.ts';
import type { StripeSandbox } from './emulators/stripe/index.ts';
import { type Ground, STAND_INS } from './ground.ts';
import type { DatabaseCopies } from './postgres/copies.ts';
import type { Rest } from './rest.ts';
import { SandboxError, type SandboxState } from './state.ts';

export interface Snapshot {
  name: string;
  /** When it was taken, in real milliseconds since the epoch. */
  takenAt: number;
  /** The sandbox's clock at that moment. */
  now: number;
}

/** Snapshots of everything: org, Stripe, QuickBooks, the functions' database, the clock. Each takes a few seconds, in which the functions are down. */
export interface Snapshots {
  /** Newest first. */
  list(): Snapshot[];
  take(name: string): Promise<Snapshot>;
  restore(name: string): Promise<Snapshot>;
  remove(name: string): Promise<void>;
}

interface Everything {
  org: RunningOrg;
  stripe: StripeSandbox;
  quickbooks: RunningQuickbooks;
  /** What the functions hold in memory belongs to no snapshot. */
  rest: Rest;
  copies: DatabaseCopies;
}

interface Kept extends Snapshot {
  skewMs: SandboxState['skewMs'];
  seeded: SandboxState['seeded'];
}

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

export function createSnapshots({ dataDir, state, clock, clocks, remember }: Ground, everything: Everything): Snapshots {
  const { copies, rest } = everything;
  const folder = path.join(dataDir, 'snapshots');
  const about = (name: string) => path.join(folder, name, 'snapshot.json');
  const image = (name: string, standIn: (typeof STAND_INS)[number]) => path.join(folder, name, `${standIn}.sqlite`);
  const read = (name: string): Kept => {
    if (!NAME.test(name) || !fs.existsSync(about(name)))
      throw new SandboxError(`There is no snapshot "${name}".`, 'Take one first, or choose one of the list.');
    return JSON.parse(fs.readFileSync(about(name), 'utf8')) as Kept;
  };

  return {
    list: () =>
      (fs.existsSync(folder) ? fs.readdirSync(folder) : [])
        .filter((name) => fs.existsSync(about(name)))
        .map(read)
        .sort((a, b) => b.takenAt - a.takenAt)
        .map(({ name, takenAt, now }) => ({ name, takenAt, now })),
    take(name) {
      if (!NAME.test(name)) throw new SandboxError(`"${name}" cannot name a snapshot.`, 'Use up to 40 small letters, digits and hyphens.');
      return rest.atRest(async () => {
        fs.rmSync(path.join(folder, name), { recursive: true, force: true });
        fs.mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 });
        remember();
        const snapshot = { name, takenAt: Date.now(), now: clock.now() };
        for (const standIn of STAND_INS) fs.writeFileSync(image(name, standIn), everything[standIn].snapshot());
        await copies.take(name);
        const kept: Kept = { ...snapshot, skewMs: state.skewMs, seeded: { ...state.seeded } };
        fs.writeFileSync(about(name), JSON.stringify(kept)); // written last: without it there is no snapshot
        return snapshot;
      });
    },
    restore(name) {
      const kept = read(name);
      return rest.atRest(async () => {
        // The clock first: the stand-ins arm their timers by it.
        clock.set(kept.now);
        for (const standIn of STAND_INS) {
          clocks[standIn].skew(kept.skewMs?.[standIn] ?? 0);
          everything[standIn].restore(fs.readFileSync(image(name, standIn)));
        }
        await copies.restore(name);
        state.seeded = { ...kept.seeded };
        remember();
        return { name, takenAt: kept.takenAt, now: kept.now };
      });
    },
    async remove(name) {
      read(name);
      await copies.remove(name);
      fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    },
  };
}
