import type { Action, Simulation } from '../simulation.ts';
import { someInvoice } from './issue.ts';

const waitMs = ({ random }: Simulation): number => random.pick([0, 5_000, 20_000]);

const send: Action = {
  name: 'send',
  weight: 6,
  async act(simulation) {
    const invoice = someInvoice(simulation, ['Open', 'Partially Paid']);
    if (!invoice) return false;
    const { sends } = simulation.intentions;
    const id = String(invoice['Id']);
    sends.set(id, (sends.get(id) ?? 0) + 1);
    const clicks = simulation.random.chance(0.4) ? 2 : 1;
    await Promise.all(
      Array.from({ length: clicks }, () => simulation.call('rep', 'send-invoice', { invoiceId: id, waitMs: waitMs(simulation) })),
    );
    return true;
  },
};

const voidIt: Action = {
  name: 'void',
  weight: 7,
  async act(simulation) {
    const invoice = someInvoice(simulation, ['Open', 'Open', 'Partially Paid', 'Voiding', 'Needs Attention']);
    if (!invoice) return false;
    const clicks = simulation.random.chance(0.3) ? 2 : 1;
    const body = { invoiceId: invoice['Id'] as string, reason: 'Entered twice', waitMs: waitMs(simulation) };
    await Promise.all(Array.from({ length: clicks }, () => simulation.call('rep', 'void-invoice', body)));
    return true;
  },
};

export const CHANGING: readonly Action[] = [send, voidIt];
