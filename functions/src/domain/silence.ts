/** What is known of a provider's webhooks: when one last came, and what had to be found without them since. ISO instants. */
export interface Heard {
  heardAt: string | null;
  alone: number;
  aloneFrom: string | null;
  aloneTo: string | null;
}

const HOUR_MS = 3_600_000;
/** A webhook may be overtaken by a sweep now and then: found alone at moments so far apart, that is not it. */
const APART_MS = HOUR_MS / 2;

/** True when webhooks do not arrive: for an hour none came, while there was something to tell more than once. Mere quiet is no silence. */
export function isSilent({ heardAt, alone, aloneFrom, aloneTo }: Heard, now: number): boolean {
  if (alone < 2 || aloneFrom === null || aloneTo === null) return false;
  const lastHeard = heardAt === null ? Date.parse(aloneFrom) : Date.parse(heardAt);
  return now - lastHeard >= HOUR_MS && Date.parse(aloneTo) - Date.parse(aloneFrom) >= APART_MS;
}
