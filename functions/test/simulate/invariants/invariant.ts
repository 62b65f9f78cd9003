import type { Simulation } from '../simulation.ts';

/** Something that must hold once the faults have stopped and time has passed; answers with what does not. */
export interface Invariant {
  name: string;
  check(simulation: Simulation): string[];
}
