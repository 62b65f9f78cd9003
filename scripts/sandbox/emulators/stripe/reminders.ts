import { DAY } from './days.ts';
import type { Invoice } from './entities.ts';
import { view } from './views.ts';
import type { World } from './world.ts';

/** What happens around the due date of an invoice that was just finalized. */
export function planReminders(world: World, invoice: Invoice): void {
  const { id, due_date } = invoice;
  if (invoice.collection_method !== 'send_invoice' || due_date === null) return;
  if (invoice.subscription !== undefined) world.later('invoice-past-due', due_date, id);
  if (!invoice.auto_advance) return;
  const { beforeDue, afterDue } = world.reminders;
  if (beforeDue !== undefined && due_date - beforeDue * DAY > world.now())
    world.later('invoice-will-be-due', due_date - beforeDue * DAY, id);
  if (afterDue !== undefined) world.later('invoice-overdue', due_date + afterDue * DAY, id);
}

/** Tells of the due date of an invoice that is still open and advances by itself. */
export const remind =
  (event: 'invoice.overdue' | 'invoice.will_be_due') =>
  (world: World, id: string): void => {
    const invoice = world.db.invoices.get(id);
    if (invoice?.status === 'open' && invoice.auto_advance) world.emit(event, view.invoice(world, id));
  };
