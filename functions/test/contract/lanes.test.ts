import { expect, test } from 'vitest';
import { createWorld } from '../../src/adapters/memory/world.ts';
import type { Composition } from '../../src/compose.ts';
import { currentLane } from '../../src/platform/lane.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import { serve } from '../../src/serve.ts';
import { registerWorkflows } from '../../src/use-cases/workflows.ts';

const SECRET = 'the-secret-of-the-door';
const ORG = '00D000000000001AAA';

test.each(['forecast-load', 'start-load'])('%s counts behind people, who wait for one thing', async (operation) => {
  const ports = createWorld();
  registerWorkflows(ports);
  const lanes = new Set<string>();
  for (const history of Object.values(ports.histories)) {
    const count = history.count.bind(history);
    history.count = (...asked) => (lanes.add(currentLane()), count(...asked));
  }
  const composition = { ports, verifiers: {}, metrics: createMetrics() } as unknown as Composition;
  const config = { functionSecrets: [new Secret(SECRET)], orgId: ORG } as never;
  const server = serve(composition, config, createLogger('silent'), () => undefined);
  const answer = await server.inject({
    method: 'POST',
    url: `/v1/${operation}`,
    headers: {
      ...{ authorization: `Bearer ${SECRET}`, 'x-trueup-org-id': ORG, 'x-trueup-user-id': '005000000000001AAA' },
      ...{ 'x-trueup-permissions': 'Trueup_Administer', 'content-type': 'application/json' },
    },
    payload: {},
  });
  expect(answer.json()).toMatchObject({ problems: [] });
  expect([...lanes]).toEqual(['background']);
  await server.close();
});
