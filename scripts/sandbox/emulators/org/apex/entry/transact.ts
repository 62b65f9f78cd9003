import { asThrow } from '../evaluate/try.ts';
import { newRun } from '../evaluate/new-run.ts';
import type { ApexOrg, Run } from '../evaluate/run.ts';
import { Transaction } from '../evaluate/transaction.ts';
import type { WriteLock } from '../evaluate/transaction.ts';

/** Runs `work` as one transaction: committed when it ends, rolled back when anything is thrown. */
export async function transact<Result>(
  org: ApexOrg,
  lock: WriteLock,
  userId: string,
  options: { readOnly?: boolean },
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const transaction = new Transaction(org.data, lock);
  const run = newRun(org, { userId, transaction, ...options });
  try {
    const result = await work(run);
    transaction.commit();
    return result;
  } catch (error) {
    transaction.rollback();
    throw asThrow(error, run) ?? error;
  }
}
