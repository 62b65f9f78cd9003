import type { Simulation } from './simulation.ts';

/** Notes every step of an invoice's status that is written, and every write to a customer that a link remembers; returns what ends that. */
export function watchOrg({ org, intentions, trace }: Pick<Simulation, 'org' | 'intentions' | 'trace'>): () => void {
  return org.data.onChange(({ object, id, before, after }) => {
    if (object === 'Trueup_Link__c') noteWrite(intentions, id, remembered(before), remembered(after));
    const [from, to] = [before?.['Status__c'], after?.['Status__c']];
    if (object !== 'Trueup_Invoice__c' || from === to || to === undefined || to === null) return;
    intentions.statusSteps.push({ invoiceId: id, from: typeof from === 'string' ? from : null, to: String(to) });
    trace.note('salesforce', `${id} is ${String(to)}`);
  });
}

interface Remembered {
  version: number;
  pending: object | null;
  later?: object;
}

function remembered(row: Record<string, unknown> | null): Remembered | null {
  const text = row?.['Remembered_Facts__c'];
  return typeof text === 'string' ? (JSON.parse(text) as Remembered) : null;
}

function noteWrite({ linkWrites }: Simulation['intentions'], linkId: string, before: Remembered | null, after: Remembered | null): void {
  const versionsOf = (fact: string): Set<number> => {
    const key = `${linkId} ${fact}`;
    const versions = linkWrites.get(key) ?? new Set<number>();
    linkWrites.set(key, versions);
    return versions;
  };
  const left = { ...after?.pending, ...after?.later };
  const was = Object.keys(before?.pending ?? {});
  // Sent together and refused, they are all still to be sent, each by itself: none was written.
  if (before && was.length > 1 && was.every((fact) => fact in left) && after?.later)
    for (const fact of was) versionsOf(fact).delete(before.version);
  for (const fact of Object.keys(after?.pending ?? {})) if (after) versionsOf(fact).add(after.version);
}
