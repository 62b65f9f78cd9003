import { type LoadedObject, systemOf } from '../../domain/first-load/load.ts';
import type { Deps } from '../deps.ts';

/** What any part of a load works with. */
export type PartDeps = Pick<Deps, 'records' | 'histories' | 'loads' | 'loadRecords' | 'matches' | 'clock'>;

export const historyOf = ({ histories }: Pick<Deps, 'histories'>, { object }: LoadedObject) => histories[systemOf(object)];
