import { receive, type Receipt, type ReceiveDeps } from '../inbox/receive.ts';
import type { WebhookCall, WebhookVerifier } from '../ports/webhook-verifier.ts';

/** Where Intuit's webhook endpoint points to. Intuit wants its answer within three seconds. */
export const QUICKBOOKS_HOOK_PATH = '/hooks/quickbooks';

/** Takes QuickBooks' events: `intuit-signature` over the raw body, several events in one call. */
export const takeQuickBooksEvents = (deps: ReceiveDeps & { verifier: WebhookVerifier }, call: WebhookCall): Promise<Receipt> =>
  receive(deps, deps.verifier, call);
