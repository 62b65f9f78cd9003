import { OUR_FAULT } from '../domain/operation.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run, Workflow } from '../ports/engine.ts';
import { carryInvoice, type CarryInput } from './carry-invoice.ts';
import { carryDecision, type DecisionInput } from './decide-conflict/carry-decision.ts';
import type { Deps } from './deps.ts';
import type { OperationInput } from './invoice-operation.ts';
import { type AskedInvoice, carryAsked } from './issue-invoices.ts';
import type { LoadInput } from './load-history/line-up.ts';
import { carryLoad } from './load-history.ts';
import { refreshInvoice, type RefreshInput } from './refresh-invoice.ts';
import { type PayoutInput, refreshPayout } from './refresh-payout.ts';
import { carrySync } from './run-sync.ts';
import { carrySending } from './send-invoice.ts';
import { settleCustomer, type SettleCustomerInput } from './settle-customer.ts';
import { type ShowInput, showInvoice } from './show-invoice.ts';
import { carryVoiding } from './void-invoice.ts';

/** Every durable workflow by name; both composition roots register this one list. */
function workflows(deps: Deps): Record<string, Workflow> {
  return {
    'issue-invoice': (input, run) =>
      watched(deps, run, as<CarryInput>(input).order.operationKey, () => carryInvoice(deps, as<CarryInput>(input), run)),
    'issue-asked': (input, run) => carryAsked(deps, as<AskedInvoice>(input), run),
    'send-invoice': (input, run) =>
      watched(deps, run, as<OperationInput>(input).operationKey, () => carrySending(deps, as<OperationInput>(input), run)),
    'void-invoice': (input, run) =>
      watched(deps, run, as<OperationInput>(input).operationKey, () => carryVoiding(deps, as<OperationInput>(input), run)),
    'refresh-invoice': async (input, run) => json(await refreshInvoice(deps, as<RefreshInput>(input), run)),
    'show-invoice': async (input) => showInvoice(deps, as<ShowInput>(input)),
    'refresh-payout': async (input, run) => json(await refreshPayout(deps, as<PayoutInput>(input), run)),
    'load-history': (input, run) => carryLoad(deps, as<LoadInput>(input), run),
    'settle-customer': async (input, run) => json(await settleCustomer(deps, as<SettleCustomerInput>(input), run)),
    'decide-conflict': async (input, run) => json(await carryDecision(deps, as<DecisionInput>(input), run)),
    'run-sync': (input, run) => {
      const sync = as<Parameters<typeof carrySync>[1]>(input);
      return watched(deps, run, sync.key, async () => json(await carrySync(deps, sync, run)));
    },
  };
}

/** Registers all workflows with the engine. */
export function registerWorkflows(deps: Deps): void {
  for (const [name, workflow] of Object.entries(workflows(deps))) deps.engine.register(name, workflow);
}

/** A bug ends a run: whoever follows is told instead of waiting for ever, and the error goes on to the engine. */
async function watched<T>(deps: Deps, run: Run, operationKey: string, carry: () => Promise<T>): Promise<T> {
  try {
    return await carry();
  } catch (error) {
    if (run.lost(error)) throw error;
    await deps.progress.set(operationKey, { state: 'needs-attention', problems: [OUR_FAULT] });
    throw error;
  }
}

const as = <T>(input: Json): T => input as unknown as T;
const json = (value: object): Json => value as unknown as Json;
