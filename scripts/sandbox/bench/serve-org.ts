// Serves the local org, with the package and its runner, as a process of its own; ends when its standard input does.
import path from 'node:path';
import { createClock, createFaultPlan } from '../emulators/core/index.ts';
import { startOrg } from '../emulators/org/index.ts';
import { packageRuntime } from '../emulators/org/package-runtime.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const [dataDir] = process.argv.slice(2);
const clock = createClock();
const org = await startOrg({
  clock,
  faults: createFaultPlan(1),
  packageDir: path.join(root, 'force-app/main'),
  runtime: packageRuntime,
  dailyApiLimit: 10_000_000,
  ...(dataDir ? { dataDir } : {}),
});
console.log(JSON.stringify({ baseUrl: org.baseUrl, orgId: org.orgId, users: org.users }));
process.stdin.resume().on('end', () => {
  clock.stop();
  void org.stop().then(() => process.exit(0));
});
