import { createClock } from '../../core/clock.ts';
import type { Clock } from '../../core/clock.ts';
import { createApexRuntime } from '../apex/index.ts';
import type { CalloutAnswer, CalloutRequest } from '../apex/index.ts';
import type { DataContext } from '../data.ts';
import { billsFiles, writePackage } from '../testing/bills-package.ts';
import { openTestOrg, TEST_NOW } from '../testing/test-org.ts';
import type { TestOrg } from '../testing/test-org.ts';
import { createFlowRuntime } from './index.ts';
import type { FlowRuntime } from './index.ts';

/** An org in memory with the package of bills, some classes and flows, for tests of flows. */
export interface TriedFlows extends TestOrg {
  flows: FlowRuntime;
  clock: Clock;
  callouts: CalloutRequest[];
  system: DataContext;
}

/** Flows and classes by name; a flow is the content of its file's root. */
export function openFlows(
  flows: Record<string, string>,
  classes: Record<string, string> = {},
  answer: (request: CalloutRequest) => CalloutAnswer = () => ({ status: 200, statusText: 'OK', headers: {}, body: '{}' }),
): TriedFlows {
  const files = {
    ...billsFiles(),
    ...Object.fromEntries(Object.entries(classes).map(([name, source]) => [`classes/${name}.cls`, source])),
    ...Object.fromEntries(
      Object.entries(flows).map(([name, body]) => [
        `flows/${name}.flow-meta.xml`,
        `<Flow xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}\n</Flow>\n`,
      ]),
    ),
  };
  const folder = writePackage(files);
  const org = openTestOrg({ packageDirs: [folder] });
  const callouts: CalloutRequest[] = [];
  const clock = createClock({ offsetMs: TEST_NOW - Date.now() });
  const callout = async (request: CalloutRequest): Promise<CalloutAnswer> => {
    callouts.push(request);
    return answer(request);
  };
  const apex = createApexRuntime({ packageDirs: [folder], data: org.data, clock, callout });
  const runtime = createFlowRuntime({
    packageDirs: [folder],
    data: org.data,
    apex,
    clock,
    automationUserId: org.users.automation,
    timeZone: 'America/New_York',
  });
  const close = () => {
    runtime.stop();
    clock.stop();
    org.close();
  };
  return { ...org, close, flows: runtime, clock, callouts, system: { userId: org.users.admin, now: TEST_NOW, accessLevel: 'system' } };
}
