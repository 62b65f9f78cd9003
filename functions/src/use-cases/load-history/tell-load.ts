import { addUp, type Load } from '../../domain/first-load/load.ts';
import { loadReport } from '../../domain/first-load/report.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { SyncRunWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { nowOf } from '../effects/call-and-record.ts';
import { moveOn } from './move-on.ts';

type TellDeps = Pick<Deps, 'records' | 'loads' | 'clock'>;

/** Writes how the load stands to its sync run, and keeps the run's id. */
export async function tellLoad(deps: TellDeps, load: Load): Promise<Outcome<{ runId: string }>> {
  const expected = load.objects.reduce((sum, each) => sum + Math.max(each.expected, each.read), 0);
  const written = await deps.records.writeSyncRun({
    key: load.key,
    companyId: load.companyId,
    kind: 'First Load',
    state: stateOf(load),
    startedAt: load.startedAt,
    ...(load.finishedAt === null ? {} : { finishedAt: load.finishedAt }),
    ...(load.requestedBy === null ? {} : { requestedBy: load.requestedBy }),
    loaded: { ...addUp(load.objects), expected, calls: load.calls },
    report: loadReport(load),
    issues: [],
    operation: null,
  });
  if (written.outcome === 'done') await moveOn(deps, load.key, (now) => ({ ...now, runId: written.value.runId, toldAt: nowOf(deps) }));
  return written;
}

function stateOf({ state, objects }: Load): SyncRunWrite['state'] {
  switch (state) {
    case 'running':
    case 'pausing':
      return 'Running';
    case 'paused':
      return 'Paused';
    case 'cancelled':
      return 'Cancelled';
    case 'needs-attention':
      return 'Failed';
    case 'completed': {
      const { waiting, refused } = addUp(objects);
      return waiting + refused > 0 ? 'Completed With Issues' : 'Completed';
    }
  }
}
