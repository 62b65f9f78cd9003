import { closeDispute, isOpen, submitEvidence } from '../disputes.ts';
import type { Dispute } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { given, listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

const disputeOf = ({ world, ids }: Call): Dispute => need(world.db.disputes, 'dispute', ids[0]!);

/** Evidence is submitted unless `submit` is false. */
function update(call: Call) {
  const { world, params } = call;
  const dispute = disputeOf(call);
  const before = view.dispute(world, dispute.id);
  const evidence = params['evidence'] as Record<string, unknown> | undefined;
  if (evidence && !isOpen(dispute)) throw invalid('This dispute is already closed.');
  if (evidence && Object.values(evidence).some((value) => typeof value === 'object'))
    throw notModelled('enhanced evidence', 'evidence[enhanced_evidence]');
  const changed: Dispute = {
    ...dispute,
    evidence: { ...dispute.evidence, ...(evidence as Record<string, string> | undefined) },
    metadata: mergeMetadata(dispute.metadata, params['metadata']),
  };
  const submits = params['submit'] !== false && (evidence !== undefined || params['submit'] === true);
  world.db.disputes.put(submits ? submitEvidence(world, changed) : changed);
  world.emit('charge.dispute.updated', view.dispute(world, dispute.id), before);
  return view.dispute(world, dispute.id);
}

function close(call: Call) {
  const dispute = disputeOf(call);
  if (!isOpen(dispute)) throw invalid('This dispute is already closed.');
  closeDispute(call.world, dispute.id, 'lost');
  return view.dispute(call.world, dispute.id);
}

export const disputes: Route[] = [
  {
    method: 'GET',
    path: '/v1/disputes',
    takes: ['charge', 'payment_intent'],
    handle: ({ world, params }) =>
      listPage(
        world.db.disputes,
        { url: '/v1/disputes', kind: 'dispute', params, criteria: given(params, 'charge', 'payment_intent') },
        ({ id }) => view.dispute(world, id),
      ),
  },
  { method: 'GET', path: '/v1/disputes/{id}', handle: ({ world, ids }) => view.dispute(world, ids[0]!) },
  { method: 'POST', path: '/v1/disputes/{id}', takes: ['evidence', 'metadata', 'submit'], handle: update },
  { method: 'POST', path: '/v1/disputes/{id}/close', handle: close },
];
