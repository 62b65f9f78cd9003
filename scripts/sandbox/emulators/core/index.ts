/** What every emulator is built from. */
export { createClock, createSkewedClock } from './clock.ts';
export type { Clock, MasterClock, SkewedClock } from './clock.ts';
export { addControlRoutes } from './control.ts';
export { createCoverage } from './coverage.ts';
export type { Coverage, CoverageRow, Fidelity } from './coverage.ts';
export { createDeliverer } from './delivery.ts';
export type { Deliverer, Delivery, DeliveryAttempt, DeliveryOptions } from './delivery.ts';
export { requestFaults, webhookFaults } from './fault-catalogue.ts';
export type { FaultEntry } from './fault-catalogue.ts';
export { createFaultPlan, createRandom } from './faults.ts';
export type { ActiveRule, Fault, FaultPlan, FaultRule, FiredFault } from './faults.ts';
export { addFaultsPage, readForm } from './faults-page.ts';
export type { Frame } from './faults-page.ts';
export { createHttp, listenOnLoopback, sendPage } from './http.ts';
export { badge, details, escapeHtml, html, link, PAGE_HEADERS, renderPage, table } from './page.ts';
export type { Content, Html } from './page.ts';
export { openStore } from './store.ts';
export type { Collection, Store, WhereOptions } from './store.ts';
