import { createFaultPlan } from '../core/faults.ts';
import { createApexRuntime } from './apex/index.ts';
import type { TestReport } from './apex/index.ts';
import type { DataContext, OrgData, RecordChange } from './data.ts';
import { createFlowRuntime } from './flow/index.ts';
import type { FlowRun } from './flow/index.ts';
import { openOrg } from './open-org.ts';
import type { OrgRuntime, RuntimeContext, RuntimeFactory } from './runtime.ts';

/** Runs the package's own Apex and flows over the org's data: no second implementation. */
export const packageRuntime: RuntimeFactory = (context): OrgRuntime => {
  const { packageDirs, data, clock, automationUserId } = context;
  const apex = createApexRuntime({ packageDirs, data, clock, callout: context.callout });
  const flows = createFlowRuntime({ packageDirs, data, apex, clock, automationUserId, timeZone: timeZoneOf(context) });
  const stopEvents = data.onEvent((event) => void flows.onEvent([event]));
  return {
    apex: {
      invokeAura: apex.invokeAura,
      invokeAction: apex.invokeAction,
      runTests: (filter) =>
        runTestsApart(context, (userId, tested) => apex.runTests(userId, filter === undefined ? {} : { classes: [filter] }, tested)),
    },
    flows: {
      list: flows.list,
      runScheduled: flows.runScheduled,
      onRecordChange: gathered(flows.onRecordChange),
      due: flows.due,
      rearm: flows.rearm,
    },
    check: () => [...apex.check(), ...flows.check()],
    stop: () => {
      stopEvents();
      flows.stop();
    },
  };
};

/** Changes of one commit are told one by one; flows get them together, so that their actions run once for all. */
function gathered(tell: (changes: RecordChange[]) => Promise<FlowRun[]>): (changes: RecordChange[]) => Promise<void> {
  let waiting: RecordChange[] = [];
  let told: Promise<void> | undefined;
  return (changes) => {
    waiting.push(...changes);
    told ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const all = waiting;
        waiting = [];
        told = undefined;
        tell(all).then(() => resolve(), reject);
      });
    });
    return told;
  };
}

const systemContext = ({ clock, automationUserId }: RuntimeContext): DataContext => ({
  userId: automationUserId,
  now: clock.now(),
  accessLevel: 'system',
});

const timeZoneOf = (context: RuntimeContext): string =>
  String(context.data.query('SELECT TimeZoneSidKey FROM Organization', systemContext(context))[0]?.['TimeZoneSidKey'] ?? 'GMT');

/** Tests see no records but their own, so they run in an org in memory that holds none. */
async function runTestsApart(context: RuntimeContext, run: (userId: string, data: OrgData) => Promise<TestReport>): Promise<TestReport> {
  const { features } = context.data.schema;
  const currencies = features.multiCurrency
    ? context.data
        .query('SELECT IsoCode FROM CurrencyType ORDER BY IsCorporate DESC', systemContext(context))
        .map((row) => String(row['IsoCode']))
    : ['USD'];
  const org = openOrg({
    packageDirs: context.packageDirs,
    features,
    currencies,
    timeZone: timeZoneOf(context),
    faults: createFaultPlan(),
    now: context.clock.now(),
  });
  try {
    return await run(org.users.admin, org.data);
  } finally {
    org.close();
  }
}
