import type { Simulation } from './simulation.ts';

/** Notes every step of an invoice's status that is written, and every write to a customer that a link remembers; returns what ends that. */
export function watchOrg({ org, intentions, trace }: Pick<Simulation, 'org' | 'intentions' | 'trace'>): () => void {
  return org.data.onChange(({ object, id, before, after }) => {
    if (object === 'Trueup_Link__c') noteWrite(intentions, id, after?.['Remembered_Facts__c']);
    const [from, to] = [before?.['Status__c'], after?.['Status__c']];
    if (object !== 'Trueup_Invoice__c' || from === to || to === undefined || to === null) return;
    intentions.statusSteps.push({ invoiceId: id, from: typeof from === 'string' ? from : null, to: String(to) });
    trace.note('salesforce', `${id} is ${String(to)}`);
  });
}

function noteWrite({ linkWrites }: Simulation['intentions'], linkId: string, remembered: unknown): void {
  if (typeof remembered !== 'string') return;
  const { version, pending } = JSON.parse(remembered) as { version: number; pending: object | null };
  for (const fact of Object.keys(pending ?? {})) {
    const key = `${linkId} ${fact}`;
    linkWrites.set(key, (linkWrites.get(key) ?? new Set()).add(version));
  }
}
