import { newInterview, runTogether } from './batch.ts';
import type { FlowDefinition, FlowValue } from './definition.ts';
import { UnhandledFault } from './interview.ts';
import type { Interview, InterviewSeed } from './interview.ts';
import type { FlowWorld } from './world.ts';

/** Interviews of one transaction at most. */
const BATCH = 200;

/** What became of the interviews that one event or schedule started. */
export interface FlowRun {
  flow: string;
  at: number;
  interviews: number;
  /** Interviews that ended with a fault nobody handled; what they did is undone. */
  faults: { element: string; message: string; recordId: string | null }[];
  /** Output variables of each interview that ended well. */
  outputs: Record<string, FlowValue>[];
}

/** Runs interviews in batches, each a transaction. An interview that fails is taken out, and the rest of its batch is run again. */
export async function runFlow(flow: FlowDefinition, seeds: InterviewSeed[], userId: string, world: FlowWorld): Promise<FlowRun> {
  const run: FlowRun = { flow: flow.name, at: world.clock.now(), interviews: seeds.length, faults: [], outputs: [] };
  for (let from = 0; from < seeds.length; from += BATCH) await runBatch(flow, seeds.slice(from, from + BATCH), userId, world, run);
  return run;
}

async function runBatch(flow: FlowDefinition, seeds: InterviewSeed[], userId: string, world: FlowWorld, run: FlowRun): Promise<void> {
  let pending = seeds;
  while (pending.length > 0) {
    const interviews = pending.map((seed) => newInterview(flow, seed, run.at));
    try {
      await world.apex.transact(userId, (transaction) => runTogether(interviews, transaction, world));
      run.outputs.push(...interviews.map(outputsOf));
      return;
    } catch (error) {
      if (!(error instanceof UnhandledFault)) throw error;
      const failed = interviews.indexOf(error.interview);
      run.faults.push({
        element: error.element,
        message: error.message,
        recordId: (pending[failed]?.record?.['Id'] as string | undefined) ?? null,
      });
      pending = pending.filter((_, index) => index !== failed);
    }
  }
}

const outputsOf = (interview: Interview): Record<string, FlowValue> =>
  Object.fromEntries(
    [...interview.flow.variables.values()]
      .filter((one) => one.isOutput)
      .map((one) => [one.name, interview.variables.get(one.name) ?? null]),
  );
