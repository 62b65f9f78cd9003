import { expect } from 'vitest';
import type { Road, Row } from '../road.ts';
import { until } from '../until.ts';

const OVER = new Set(['Completed', 'Completed With Issues', 'Failed']);

/** The nightly sync as its flow asks for it, and its run as Salesforce holds it once it is over, however long that takes. */
export async function runNightly(road: Road): Promise<Row> {
  const reply = await road.call('run-sync', { kind: 'Nightly', waitMs: 20_000 }, 'automation');
  expect(['done', 'accepted']).toContain(reply.outcome);
  const look = async () => {
    const [run] = await road.soql(`SELECT FIELDS(ALL) FROM Trueup_Sync_Run__c WHERE Run_Key__c = '${reply.operationKey}' LIMIT 1`);
    return run && OVER.has(String(run.State__c)) ? run : undefined;
  };
  return until(look, 110_000, 'the sync is over');
}
