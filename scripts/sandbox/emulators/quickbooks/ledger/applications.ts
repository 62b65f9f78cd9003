import type { Collection, Store } from '../../core/store.ts';
import type { TransactionName } from '../entities.ts';

/** Part of a payment that settles an invoice, or uses up a credit memo. */
export interface Application {
  /** `<payment id>:<target type>:<target id>` */
  id: string;
  payment: string;
  /** `<target type>:<target id>` */
  target: string;
  targetType: TransactionName;
  targetId: string;
  /** Hundredths of the currency, positive. */
  amount: number;
  /** The same at the target's rate, in hundredths of the home currency. */
  home: number;
}

export interface Applications {
  ofPayment(payment: string): Application[];
  ofTarget(type: TransactionName, id: string): Application[];
  replace(payment: string, applications: Application[]): void;
}

/** Opens the record of which payment settles what. */
export function openApplications(store: Store): Applications {
  const rows: Collection<Application> = store.collection<Application>('qbo_applications', { indexes: ['payment', 'target'] });
  return {
    ofPayment: (payment) => rows.where({ payment }),
    ofTarget: (type, id) => rows.where({ target: `${type}:${id}` }),
    replace(payment, applications) {
      for (const before of rows.where({ payment })) rows.delete(before.id);
      for (const application of applications) rows.put(application);
    },
  };
}
