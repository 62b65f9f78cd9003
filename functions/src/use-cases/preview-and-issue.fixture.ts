import { OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { previewInvoice } from './preview-invoice.ts';

/** What a rep is shown of the story's opportunity. */
export async function preview(w: World) {
  const shown = await previewInvoice(w, { sourceId: OPPORTUNITY, draft: {} }, REP);
  if (shown.outcome !== 'done') throw new Error(JSON.stringify(shown));
  return shown.value;
}

/** And what comes of the click, once nothing is under way any more. */
export async function issue(w: World) {
  const reply = await issueInvoice(w, { sourceId: OPPORTUNITY, draft: {}, waitMs: 0 }, REP);
  await w.engine.idle();
  return reply;
}
