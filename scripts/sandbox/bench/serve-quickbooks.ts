// Serves the QuickBooks stand-in without limits, as a process of its own; ends when its standard input does.
import { createClock, createFaultPlan } from '../emulators/core/index.ts';
import { startQuickbooks } from '../emulators/quickbooks/index.ts';

const [dataDir] = process.argv.slice(2);
const clock = createClock();
const quickbooks = await startQuickbooks({
  clock,
  faults: createFaultPlan(),
  limits: false,
  seed: {
    items: [{ name: 'Consulting', unitPrice: 150 }],
    customers: Array.from({ length: 200 }, (_unused, index) => ({ displayName: `Customer ${String(index)}` })),
  },
  ...(dataDir ? { dataDir } : {}),
});
const { baseUrl, realmId, accessToken, seeded } = quickbooks;
console.log(
  JSON.stringify({
    api: `${baseUrl}/v3/company/${realmId}`,
    accessToken,
    item: seeded?.items['Consulting'],
    customers: Object.values(seeded?.customers ?? {}),
  }),
);
process.stdin.resume().on('end', () => {
  clock.stop();
  void quickbooks.stop().then(() => process.exit(0));
});
