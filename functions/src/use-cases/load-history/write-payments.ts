import type { CopiedPayment, MirrorAllocation, MirrorPayment } from '../../domain/first-load/mirror.ts';
import type { Counting, Settling } from '../../domain/first-load/settling.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { LoadOwner, Saved } from '../../ports/load-records.ts';
import type { PartDeps } from './part-deps.ts';

/**
 * Writes payments, then what they settle, and only when that is known what is settled by none of them: what Salesforce refused counts
 * nowhere, and belongs to the payment.
 */
export async function writePayments(
  deps: PartDeps,
  owner: LoadOwner,
  settling: Settling,
  some: readonly { mirror: MirrorPayment | CopiedPayment; counting: Counting | null }[],
): Promise<Outcome<Saved[]>> {
  if (some.length === 0) return done([]);
  const saved = await deps.loadRecords.writePayments(
    some.map(({ mirror }) => mirror),
    owner,
  );
  if (saved.outcome !== 'done') return saved;
  const all = [...saved.value];
  const allocate = async (
    allocations: readonly MirrorAllocation[],
    indexOf: (at: number) => number | undefined,
  ): Promise<Outcome<number[]>> => {
    if (allocations.length === 0) return done([]);
    const answer = await deps.loadRecords.writeAllocations(allocations);
    return mapOutcome(answer, (each) =>
      each.flatMap((one, at) => {
        if (!('problem' in one)) return [];
        const index = indexOf(at);
        if (index !== undefined) all[index] = one;
        return [at];
      }),
    );
  };

  const counted = some.flatMap(({ counting }, index) => {
    const each = saved.value[index];
    return counting && each && 'id' in each ? [{ counting, id: each.id, index }] : [];
  });
  for (const { counting } of counted) settling.release(counting);
  const parts = counted.flatMap(({ counting, id, index }) => settling.settle(id, counting).map((write) => ({ index, write })));
  const writes = parts.map(({ write: each }) => each);
  const refused = await allocate(writes, (at) => parts[at]?.index);
  if (refused.outcome !== 'done') return refused;
  for (const at of refused.value) settling.takeBack(writes[at] as MirrorAllocation);

  const payerOf = new Map(parts.map(({ index, write: { invoiceId } }) => [invoiceId, index]));
  const rests = settling.rests();
  const rested = await allocate(rests, (at) => payerOf.get(rests[at]?.invoiceId ?? ''));
  return mapOutcome(rested, () => all);
}
