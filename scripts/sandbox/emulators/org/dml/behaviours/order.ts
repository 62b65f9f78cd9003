import { RowFault } from '../../errors.ts';
import { storedInstant } from '../../soql/dates.ts';
import type { StoredRow } from '../../store.ts';
import { objectOf } from '../work.ts';
import type { Work } from '../work.ts';
import type { Behaviour } from './behaviour.ts';

export const isActivated = (order: StoredRow): boolean => order['StatusCode'] === 'Activated';

/**
 * An order starts as a draft, needs a product to be activated, and is not deleted once activated.
 * Source: developer.salesforce.com/docs Order (object reference: Status, StatusCode); StatusCode FAILED_ACTIVATION. Texts: memory.
 */
export const orderBehaviour: Behaviour = {
  beforeSave: (row, prior, _given, work) => {
    const activated = row['Status'] === 'Activated';
    row['StatusCode'] = activated ? 'Activated' : 'Draft';
    if (!prior) row['TotalAmount'] = 0;
    if (!prior && activated)
      throw new RowFault('FAILED_ACTIVATION', 'Choose a valid order status and save your changes. Ask your admin for details.', ['Status']);
    if (activated && prior && !isActivated(prior)) {
      const lines = work.core.store
        .prepare('SELECT 1 FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0 LIMIT 1')
        .get(prior['Id'] ?? null);
      if (!lines) throw new RowFault('FAILED_ACTIVATION', 'An order must have at least one product.', ['Status']);
      row['ActivatedDate'] = storedInstant(work.now);
      row['ActivatedById'] = work.userId;
    }
  },
  beforeDelete: (row) => {
    if (isActivated(row)) throw new RowFault('DELETE_FAILED', 'You can’t delete an activated order.');
  },
};

/** TotalAmount from the order's products. */
export function sumOrder(work: Work, id: string): void {
  const total = work.core.store
    .prepare('SELECT SUM(CAST(round("TotalPrice" * 100) AS INTEGER)) AS total FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0')
    .get(id)?.['total'];
  work.core.store.update(objectOf(work, 'Order'), id, { TotalAmount: Number(total ?? 0) / 100, SystemModstamp: storedInstant(work.now) });
}
