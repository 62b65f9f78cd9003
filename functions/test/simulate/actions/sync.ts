import type { Action, Simulation } from '../simulation.ts';

/** The nightly flow, as the Default Workflow User. */
export const syncTonight = (simulation: Simulation) => simulation.call('automation', 'run-sync', { kind: 'Nightly', waitMs: 20_000 });

export const SYNCING: readonly Action[] = [
  {
    name: 'sync-now',
    weight: 3,
    async act(simulation) {
      await simulation.call('accountant', 'run-sync', { kind: 'On Demand', waitMs: simulation.random.pick([0, 20_000]) });
      return true;
    },
  },
];
