import { draftCreditNote, issueCreditNote, voidCreditNote } from '../credit-notes.ts';
import type { CreditNote } from '../entities.ts';
import { formatCreditNote, formatCreditNoteLine } from '../formatters-credit.ts';
import { mergeMetadata } from '../metadata.ts';
import { cutPage, given, listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

const FIELDS = [
  'amount',
  'credit_amount',
  'effective_at',
  'email_type',
  'invoice',
  'lines',
  'memo',
  'metadata',
  'out_of_band_amount',
  'reason',
  'refund_amount',
  'refunds',
  'shipping_cost',
];

const noteOf = ({ world, ids }: Call): CreditNote => need(world.db.creditNotes, 'credit_note', ids[0]!);

function update(call: Call) {
  const { world, params } = call;
  const note = noteOf(call);
  const before = view.credit_note(world, note.id);
  world.db.creditNotes.put({
    ...note,
    memo: (params['memo'] as string | undefined) ?? note.memo,
    metadata: mergeMetadata(note.metadata, params['metadata']),
  });
  world.emit('credit_note.updated', view.credit_note(world, note.id), before);
  return view.credit_note(world, note.id);
}

export const creditNotes: Route[] = [
  {
    method: 'POST',
    path: '/v1/credit_notes',
    takes: FIELDS,
    handle: ({ world, params }) => view.credit_note(world, issueCreditNote(world, params).id),
  },
  {
    method: 'GET',
    path: '/v1/credit_notes/preview',
    takes: FIELDS,
    handle: ({ world, params }) => formatCreditNote(world, draftCreditNote(world, params)),
  },
  {
    method: 'GET',
    path: '/v1/credit_notes',
    takes: ['customer', 'invoice'],
    handle: ({ world, params }) =>
      listPage(
        world.db.creditNotes,
        { url: '/v1/credit_notes', kind: 'credit_note', params, criteria: given(params, 'customer', 'invoice') },
        (note) => formatCreditNote(world, note),
      ),
  },
  { method: 'GET', path: '/v1/credit_notes/{id}', handle: ({ world, ids }) => view.credit_note(world, ids[0]!) },
  { method: 'POST', path: '/v1/credit_notes/{id}', takes: ['memo', 'metadata'], handle: update },
  {
    method: 'GET',
    path: '/v1/credit_notes/{id}/lines',
    handle: (call) => cutPage(noteOf(call).lines.map(formatCreditNoteLine), call.params, `/v1/credit_notes/${call.ids[0]}/lines`),
  },
  {
    method: 'POST',
    path: '/v1/credit_notes/{id}/void',
    handle(call) {
      voidCreditNote(call.world, noteOf(call));
      return view.credit_note(call.world, call.ids[0]!);
    },
  },
];
