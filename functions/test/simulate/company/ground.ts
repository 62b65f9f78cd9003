import path from 'node:path';
import {
  type FaultPlan,
  type OrgInProcess,
  type SandboxClock,
  type SeededOrg,
  createWriterOver,
  openOrgInProcess,
  seedOrg,
  storyCompany,
} from '../../../../scripts/sandbox/index.ts';

/** 24 November 2026, ten in the morning in New York. */
export const START = Date.UTC(2026, 10, 24, 15);
/** The books are connected the day before, whatever the clocks say. */
const CONNECTED = START - 86_400_000;
export const REALM = '9341450000000001';

const root = path.resolve(import.meta.dirname, '../../../..');

/** The org with the story's records in it: opening it takes seconds, so all seeds begin on the same one. */
export interface Ground {
  org: OrgInProcess;
  story: SeededOrg;
  /** Begins anew, under this clock and these faults. */
  begin(clock: SandboxClock, faults: FaultPlan): void;
  close(): void;
}

export async function openGround(): Promise<Ground> {
  const still: SandboxClock = {
    now: () => CONNECTED,
    advance: async () => undefined,
    onAdvance: () => () => undefined,
    setTimer: () => () => undefined,
    stop: () => undefined,
  };
  let clock = still;
  let next: FaultPlan['next'] = () => undefined;
  const faults: FaultPlan = {
    next: (point, context) => next(point, context),
    add: () => '',
    remove: () => undefined,
    list: () => [],
    log: () => [],
    clear: () => undefined,
    seed: () => 0,
    reseed: () => undefined,
  };
  const org = openOrgInProcess({
    clock: { ...still, now: () => clock.now() },
    faults,
    packageDir: path.join(root, 'force-app'),
    currencies: storyCompany.currencies,
    timeZone: storyCompany.timeZone,
  });
  const writer = createWriterOver(async (method, target, body) => {
    const { status, body: answer } = org.request(method, target, JSON.parse(JSON.stringify(body ?? null)), org.users.admin);
    if (status >= 300) throw new Error(`seeding: ${method} ${target} answered ${status} ${JSON.stringify(answer)}`);
    return answer;
  });
  const story = await seedOrg({
    org: writer,
    orgId: org.orgId,
    owners: { rep: org.users.rep, admin: org.users.admin },
    stripeAccountId: 'acct_1Simulated',
    realmId: REALM,
    now: CONNECTED,
  });
  org.mark();
  return {
    org,
    story,
    begin(newClock, plan) {
      org.rewind();
      clock = newClock;
      next = (point, context) => plan.next(point, context);
    },
    close: () => org.close(),
  };
}
