import type { FaultBody } from '../../emulators/quickbooks/errors.ts';
import { faults } from '../../emulators/quickbooks/errors.ts';
import { differences } from '../compare.ts';

/** The stand-in's fault of a code, with the values of the recorded one put in. */
const OURS: Record<string, (detail: string) => FaultBody> = {
  '4001': (detail) => faults.queryInvalid(detail.replace('QueryValidationError: ', '')).body,
  '6240': (detail) => faults.duplicateName(detail.replace('The name supplied already exists. : ', '')).body,
  '3001': () => faults.throttled().body,
};

/** Where the stand-in's fault of the same code is not the recorded one. */
export function faultDifferences(recorded: FaultBody): string[] {
  const { code, Detail } = recorded.Error[0]!;
  const ours = OURS[code];
  return ours ? differences(ours(Detail), recorded) : [`${code} is not among the faults of the stand-in`];
}
