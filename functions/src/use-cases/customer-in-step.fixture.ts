import { ACCOUNT, createWorld, type World } from '../adapters/memory/world.ts';
import type { Link } from '../domain/link.ts';
import { customerQueue } from './settle-customer.ts';
import { registerWorkflows } from './workflows.ts';

// One customer in three systems, for tests of who changes its telephone number, and who is asked.

type System = Link['system'];
export const HERE = '+1 555 0100';
export const THERE = '+1 555 0199';
export const ELSEWHERE = '+1 555 0177';

let looks = 0;
export async function look(w: World, ...systems: System[]): Promise<void> {
  const input = { accountId: ACCOUNT, systems: systems.length > 0 ? systems : ['stripe', 'quickbooks'] };
  await w.engine.enqueue({ workflow: 'settle-customer', id: `look ${(looks += 1)}`, queueKey: customerQueue(ACCOUNT), input });
  await w.engine.idle();
}
export function edit(w: World, where: 'salesforce' | System, phone: string): void {
  if (where === 'salesforce') Object.assign(w.org.accounts[0] ?? {}, { phone });
  else Object.assign((where === 'stripe' ? w.payments.customers.get('cus_known') : w.ledger.customers.get('58')) ?? {}, { phone });
}
export const phones = (w: World) => [
  w.org.accounts[0]?.phone,
  w.payments.customers.get('cus_known')?.phone,
  w.ledger.customers.get('58')?.phone,
];
export const writes = (w: World, system: System) => w.faults.calls.filter((call) => call === `customers.${system}.update`).length;
export const conflicts = (w: World) => [...w.org.conflicts.values()];

/** All three agree, and it is remembered. */
export async function inStep(): Promise<World> {
  const w = createWorld();
  registerWorkflows(w);
  edit(w, 'stripe', HERE);
  edit(w, 'quickbooks', HERE);
  await look(w);
  if (writes(w, 'stripe') + writes(w, 'quickbooks') + conflicts(w).length > 0) throw new Error('What agrees is neither sent nor asked.');
  return w;
}
