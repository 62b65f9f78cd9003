import type { Invoice } from './entities.ts';
import { invalid } from './errors.ts';
import { hasAttachedPayment, saveInvoice } from './invoice-life.ts';
import { view } from './views.ts';
import type { World } from './world.ts';

/** Open to uncollectible. */
export function writeOff(world: World, invoice: Invoice): void {
  if (invoice.status !== 'open') throw invalid("You can only pass in open invoices. This invoice isn't open.");
  if (hasAttachedPayment(world, invoice.id)) throw invalid('This invoice has an open payment.');
  const before = view.invoice(world, invoice.id);
  const status_transitions = { ...invoice.status_transitions, marked_uncollectible_at: world.now() };
  saveInvoice(world, { ...invoice, status: 'uncollectible', auto_advance: false, status_transitions }, before);
  world.emit('invoice.marked_uncollectible', view.invoice(world, invoice.id));
}
