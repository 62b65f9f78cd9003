import type { CallMeter } from '../../ports/call-meter.ts';
import type { Faults } from './faults.ts';

/** Counts what went through the fakes of the three systems. */
export function createCallMeter(faults: Faults): CallMeter {
  const count = (prefix: string) => faults.calls.filter((call) => call.startsWith(`${prefix}.`)).length;
  return { read: () => ({ salesforce: count('records') + count('mappings'), stripe: count('payments'), quickbooks: count('ledger') }) };
}
