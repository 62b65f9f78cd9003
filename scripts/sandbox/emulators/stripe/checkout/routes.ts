import type { CheckoutSession } from '../entities.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { cutPage, given, listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { itemsOfSession } from './formatters.ts';
import { createSession, expireSession } from './sessions.ts';

const PATH = '/v1/checkout/sessions';
const sessionOf = ({ world, ids }: Call): CheckoutSession => need(world.db.sessions, 'checkout.session', ids[0]!);
const answer = ({ world, ids }: Call) => view['checkout.session'](world, ids[0]!);

export const checkoutSessions: Route[] = [
  {
    method: 'POST',
    path: PATH,
    takes: [
      'allow_promotion_codes',
      'automatic_tax',
      'cancel_url',
      'client_reference_id',
      'customer',
      'customer_creation',
      'customer_email',
      'discounts',
      'expires_at',
      'invoice_creation',
      'line_items',
      'metadata',
      'mode',
      'payment_intent_data',
      'subscription_data',
      'success_url',
      'ui_mode',
    ],
    handle: ({ world, params }) => view['checkout.session'](world, createSession(world, params).id),
  },
  {
    method: 'GET',
    path: PATH,
    takes: ['customer', 'payment_intent', 'payment_link', 'status', 'subscription'],
    handle: ({ world, params }) =>
      listPage(
        world.db.sessions,
        {
          url: PATH,
          kind: 'checkout.session',
          params,
          criteria: given(params, 'customer', 'payment_intent', 'payment_link', 'status', 'subscription') as Partial<CheckoutSession>,
        },
        (session) => view['checkout.session'](world, session.id),
      ),
  },
  { method: 'GET', path: `${PATH}/{id}`, handle: answer },
  {
    method: 'POST',
    path: `${PATH}/{id}`,
    takes: ['metadata'],
    handle(call) {
      const session = sessionOf(call);
      call.world.db.sessions.put({ ...session, metadata: mergeMetadata(session.metadata, call.params['metadata']) });
      return answer(call);
    },
  },
  {
    method: 'POST',
    path: `${PATH}/{id}/expire`,
    handle(call) {
      if (sessionOf(call).status !== 'open')
        throw invalid(
          'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ' +
            sessionOf(call).status +
            '.',
        );
      expireSession(call.world, call.ids[0]!);
      return answer(call);
    },
  },
  {
    method: 'GET',
    path: `${PATH}/{id}/line_items`,
    handle: (call) => cutPage(itemsOfSession(call.world, sessionOf(call)), call.params, `${PATH}/${call.ids[0]!}/line_items`),
  },
];
