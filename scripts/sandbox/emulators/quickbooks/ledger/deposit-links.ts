import type { Collection, Store } from '../../core/store.ts';
import type { TransactionName } from '../entities.ts';

/** A transaction that a deposit took out of Undeposited Funds. */
export interface DepositLink {
  /** `<type>:<transaction id>` */
  id: string;
  deposit: string;
  type: TransactionName;
  txnId: string;
}

export interface DepositLinks {
  ofDeposit(deposit: string): DepositLink[];
  /** Records what the deposit now takes; returns what it no longer takes, and what is new. */
  replace(deposit: string, links: Omit<DepositLink, 'id' | 'deposit'>[]): { gone: DepositLink[]; added: DepositLink[] };
}

/** Opens the record of which deposit took what. */
export function openDepositLinks(store: Store): DepositLinks {
  const rows: Collection<DepositLink> = store.collection<DepositLink>('qbo_deposit_links', { indexes: ['deposit'] });
  const ofDeposit = (deposit: string) => rows.where({ deposit });
  return {
    ofDeposit,
    replace(deposit, links) {
      const before = ofDeposit(deposit);
      const after = links.map((link) => ({ ...link, id: `${link.type}:${link.txnId}`, deposit }));
      const gone = before.filter((row) => !after.some(({ id }) => id === row.id));
      const added = after.filter((row) => !before.some(({ id }) => id === row.id));
      for (const { id } of gone) rows.delete(id);
      for (const row of added) rows.put(row);
      return { gone, added };
    },
  };
}
