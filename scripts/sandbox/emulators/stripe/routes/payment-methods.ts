import { mergeMetadata } from '../metadata.ts';
import { given, listPage } from '../pagination.ts';
import { attachMethod, detachMethod } from '../payment-methods.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import type { PaymentMethod } from '../entities.ts';

const list = ({ world, params }: Call, customer: string | undefined, url: string) =>
  listPage(
    world.db.methods,
    {
      url,
      kind: 'PaymentMethod',
      params,
      criteria: { ...given(params, 'type'), ...(customer === undefined ? {} : { customer }) } as Partial<PaymentMethod>,
      filter: (method) => method.customer !== null,
    },
    (method) => view.payment_method(world, method.id),
  );

function update({ world, ids, params }: Call) {
  const method = need(world.db.methods, 'PaymentMethod', ids[0]!);
  const before = view.payment_method(world, method.id);
  world.db.methods.put({ ...method, metadata: mergeMetadata(method.metadata ?? {}, params['metadata']) });
  world.emit('payment_method.updated', view.payment_method(world, method.id), before);
  return view.payment_method(world, method.id);
}

export const paymentMethods: Route[] = [
  {
    method: 'GET',
    path: '/v1/payment_methods',
    takes: ['customer', 'type'],
    handle: (call) => list(call, call.params['customer'] as string | undefined, '/v1/payment_methods'),
  },
  { method: 'GET', path: '/v1/payment_methods/{id}', handle: ({ world, ids }) => view.payment_method(world, ids[0]!) },
  { method: 'POST', path: '/v1/payment_methods/{id}', takes: ['metadata'], handle: update },
  {
    method: 'POST',
    path: '/v1/payment_methods/{id}/attach',
    takes: ['customer'],
    handle: ({ world, ids, params }) => view.payment_method(world, attachMethod(world, ids[0]!, params['customer'] as string).id),
  },
  {
    method: 'POST',
    path: '/v1/payment_methods/{id}/detach',
    handle({ world, ids }) {
      detachMethod(world, ids[0]!);
      return view.payment_method(world, ids[0]!);
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/{id}/payment_methods',
    takes: ['type'],
    handle: (call) =>
      list(call, need(call.world.db.customers, 'customer', call.ids[0]!).id, `/v1/customers/${call.ids[0]!}/payment_methods`),
  },
];
