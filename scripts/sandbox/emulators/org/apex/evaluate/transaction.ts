import type { OrgData, Savepoint } from '../../data.ts';

/**
 * One writer at a time. Apex is evaluated asynchronously over a synchronous store, so two transactions that write could
 * otherwise mix their savepoints. Nothing waits for the network while holding it: a callout after DML is refused.
 */
export class WriteLock {
  private holder: Transaction | null = null;
  private readonly waiting: (() => void)[] = [];

  async acquire(transaction: Transaction): Promise<void> {
    while (this.holder && this.holder !== transaction) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.holder = transaction;
  }

  /** Waits until nobody else is in the middle of a write, so that a query never sees uncommitted rows. */
  async settled(transaction: Transaction): Promise<void> {
    while (this.holder && this.holder !== transaction) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  release(transaction: Transaction): void {
    if (this.holder !== transaction) return;
    this.holder = null;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** A savepoint inside a transaction. Rolling back to it undoes those set later too; it can be used again. */
export interface NestedSavepoint {
  point: Savepoint;
  /** How many jobs had been queued before it. */
  readonly queued: number;
}

/** All or nothing: opened by the first write, closed by commit or rollback. */
export class Transaction {
  /** Set by DML; a callout is refused while it is. */
  uncommitted = false;
  private savepoint: Savepoint | null = null;
  private readonly nestedPoints: NestedSavepoint[] = [];
  private readonly queued: (() => void)[] = [];
  private readonly data: OrgData;
  private readonly lock: WriteLock;

  constructor(data: OrgData, lock: WriteLock) {
    this.data = data;
    this.lock = lock;
  }

  /** Must be awaited before each write. */
  async beginWrite(): Promise<void> {
    await this.lock.acquire(this);
    this.savepoint ??= this.data.savepoint();
    this.uncommitted = true;
  }

  async beginRead(): Promise<void> {
    await this.lock.settled(this);
  }

  setSavepoint(): NestedSavepoint {
    const nested = { point: this.data.savepoint(), queued: this.queued.length };
    this.nestedPoints.push(nested);
    return nested;
  }

  /** False when the savepoint is gone, because an earlier one was rolled back or released. */
  rollbackTo(nested: NestedSavepoint): boolean {
    if (!this.closeDownTo(nested, (one) => one.point.rollback())) return false;
    this.queued.splice(nested.queued);
    nested.point = this.data.savepoint();
    this.nestedPoints.push(nested);
    return true;
  }

  releaseSavepoint(nested: NestedSavepoint): boolean {
    return this.closeDownTo(nested, (one) => one.point.release());
  }

  private closeDownTo(nested: NestedSavepoint, close: (one: NestedSavepoint) => void): boolean {
    const index = this.nestedPoints.indexOf(nested);
    if (index < 0) return false;
    for (const one of this.nestedPoints.splice(index).reverse()) close(one);
    return true;
  }

  /** Queues a job, which is as much part of the transaction as a write: undone with it, begun after it. */
  onCommit(job: () => void): void {
    this.queued.push(job);
  }

  commit(): void {
    for (const one of this.nestedPoints.splice(0).reverse()) one.point.release();
    this.savepoint?.release();
    this.close();
    for (const job of this.queued.splice(0)) job();
  }

  rollback(): void {
    for (const one of this.nestedPoints.splice(0).reverse()) one.point.rollback();
    this.savepoint?.rollback();
    this.queued.splice(0);
    this.close();
  }

  private close(): void {
    this.savepoint = null;
    this.uncommitted = false;
    this.lock.release(this);
  }
}
