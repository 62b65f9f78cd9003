import type { Entity } from '../entities.ts';

/** Documented: "Voided" is put before existing text; the separator is assumed. */
export const voidedNote = (note: unknown): string => (typeof note === 'string' && note !== '' ? `Voided - ${note}` : 'Voided');

/** True of a document that has been voided. */
export const isVoided = (entity: Entity): boolean =>
  /^Voided( - |$)/.test(String(entity['PrivateNote'] ?? '')) && Number(entity['TotalAmt'] ?? entity['Amount']) === 0;
