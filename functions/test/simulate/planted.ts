import type { Plant } from './company/boot.ts';

/** A defect put into the composition, to prove that a check can fail. Each is one a reviewer could overlook. */
export interface Defect {
  plant: Plant;
  /** The invariant that is to tell. */
  breaks: string;
  /** Nobody is told of anything meanwhile: what a person knows of is no breach. */
  silent?: true;
  /** What goes wrong around it, in the run without it too. */
  amid?: Plant;
  /** A seed in which it shows, shared with others where one does; those after it are tried when actions or chances have changed. */
  seed: number;
  /** Instead of `PLANTED_STEPS`. */
  steps?: number;
}

export const PLANTED_STEPS = 8;

export const tells = ({ breaks }: Defect, { violations }: { violations: readonly string[] }): boolean =>
  violations.some((each) => each.startsWith(`${breaks}:`));

const untold: Plant = ({ records }) => ({
  records: {
    ...records,
    writeBack: (write) => records.writeBack({ ...write, issues: [], invoice: { ...write.invoice, problem: null } }),
    writeSyncRun: (write) => records.writeSyncRun({ ...write, issues: [] }),
    writeIssues: async () => ({ outcome: 'done', value: null }),
  },
});

/** All that comes with a defect but the defect itself. */
export const withoutDefect =
  ({ silent, amid }: Pick<Defect, 'silent' | 'amid'>): Plant =>
  (ports) => ({ ...(silent ? untold(ports) : {}), ...amid?.(ports) });
export const withDefect =
  (defect: Defect): Plant =>
  (ports) => {
    const amid = withoutDefect(defect)(ports);
    return { ...amid, ...defect.plant({ ...ports, ...amid }) };
  };

/** Stand-ins that take no entry whose sides differ keep it, whatever the functions do. */
export const NOT_PLANTED: readonly string[] = ['the trial balance is zero'];
