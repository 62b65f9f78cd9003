export { createClock, createFaultPlan } from './emulators/core/index.ts';
export { startQuickbooks } from './emulators/quickbooks/index.ts';
export { startPostgres } from './postgres/index.ts';
