import type { StoredRow } from '../../store.ts';
import type { Work } from '../work.ts';

/** What a standard object does besides storing. Rows are changed in place; a refusal is a thrown RowFault. */
export interface Behaviour {
  /** `prior` is absent for a new record; `given` are the fields the caller set. */
  beforeSave?(row: StoredRow, prior: StoredRow | undefined, given: Set<string>, work: Work): void;
  afterSave?(row: StoredRow, prior: StoredRow | undefined, work: Work): void;
  beforeDelete?(row: StoredRow, work: Work): void;
  afterDelete?(row: StoredRow, work: Work): void;
}
