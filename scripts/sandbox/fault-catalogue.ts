import type { FaultEntry } from './emulators/core/index.ts';
import { ORG_FAULTS } from './emulators/org/fault-list.ts';
import { QUICKBOOKS_FAULTS } from './emulators/quickbooks/fault-list.ts';
import { STRIPE_FAULTS } from './emulators/stripe/fault-list.ts';

/** Every fault of the sandbox, by system. */
export const ALL_FAULTS: FaultEntry[] = [...ORG_FAULTS, ...STRIPE_FAULTS, ...QUICKBOOKS_FAULTS];
