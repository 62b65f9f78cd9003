import type { CheckoutItem, PaymentLink } from '../entities.ts';
import { invalid, missing, notModelled } from '../errors.ts';
import { newId, token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { cutPage, listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { itemsOfSession } from './formatters.ts';
import { readData, readItems } from './read-items.ts';
import { checkUrl } from './sessions.ts';

type Given = Record<string, unknown>;
const PATH = '/v1/payment_links';
const FIELDS = [
  'after_completion',
  'allow_promotion_codes',
  'automatic_tax',
  'customer_creation',
  'inactive_message',
  'line_items',
  'metadata',
  'payment_intent_data',
  'subscription_data',
];

const linkOf = ({ world, ids }: Call): PaymentLink => need(world.db.links, 'payment_link', ids[0]!);

function readFields(link: PaymentLink, params: Given): PaymentLink {
  if ((params['automatic_tax'] as { enabled: boolean } | undefined)?.enabled) throw notModelled('Stripe Tax', 'automatic_tax[enabled]');
  const data =
    params[link.mode === 'payment' ? 'payment_intent_data' : 'subscription_data'] === undefined ? link.data : readData(params, link.mode);
  return {
    ...link,
    data,
    after_completion: readCompletion(params['after_completion'] as Given | undefined) ?? link.after_completion,
    allow_promotion_codes: (params['allow_promotion_codes'] as boolean | undefined) ?? link.allow_promotion_codes,
    customer_creation: (params['customer_creation'] as PaymentLink['customer_creation'] | undefined) ?? link.customer_creation,
    inactive_message: params['inactive_message'] === undefined ? link.inactive_message : (params['inactive_message'] as string) || null,
    metadata: mergeMetadata(link.metadata, params['metadata']),
  };
}

function readCompletion(given: Given | undefined): PaymentLink['after_completion'] | undefined {
  if (!given) return undefined;
  const redirect = given['redirect'] as { url: string } | undefined;
  if (given['type'] === 'hosted_confirmation') {
    const message = (given['hosted_confirmation'] as { custom_message?: string } | undefined)?.custom_message ?? null;
    return { type: 'hosted_confirmation', hosted_confirmation: { custom_message: message } };
  }
  const param = 'after_completion[redirect]';
  if (!redirect) throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  return { type: 'redirect', redirect: { url: checkUrl(redirect, 'url')! } };
}

function create({ world, params }: Call) {
  const read = readItems(world, params['line_items'] as Given[] | undefined);
  const blank: PaymentLink = {
    id: newId('plink'),
    created: world.now(),
    active: true,
    after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: null } },
    allow_promotion_codes: false,
    customer_creation: read.mode === 'payment' ? 'if_required' : 'always',
    data: readData(params, read.mode),
    inactive_message: null,
    metadata: {},
    token: `test_${token(20)}`,
    ...read,
  };
  const link = readFields(blank, params);
  world.db.links.put(link);
  world.emit('payment_link.created', view.payment_link(world, link.id));
  return view.payment_link(world, link.id);
}

function update(call: Call) {
  const { world, params } = call;
  const link = linkOf(call);
  const before = view.payment_link(world, link.id);
  const items = ((params['line_items'] as Given[] | undefined) ?? []).reduce<CheckoutItem[]>((all, given, index) => {
    const at = `line_items[${index}]`;
    if ((given['adjustable_quantity'] as { enabled: boolean } | undefined)?.enabled)
      throw notModelled('quantities that customers adjust', `${at}[adjustable_quantity]`);
    if (!all.some((item) => item.id === given['id'])) throw missing('line item', given['id'] as string, `${at}[id]`);
    const quantity = given['quantity'] as number | undefined;
    return all.map((item) => (item.id === given['id'] ? { ...item, quantity: quantity ?? item.quantity } : item));
  }, link.items);
  world.db.links.put({ ...readFields(link, params), items, active: (params['active'] as boolean | undefined) ?? link.active });
  world.emit('payment_link.updated', view.payment_link(world, link.id), before);
  return view.payment_link(world, link.id);
}

export const paymentLinks: Route[] = [
  { method: 'POST', path: PATH, takes: FIELDS, handle: create },
  {
    method: 'GET',
    path: PATH,
    takes: ['active'],
    handle: ({ world, params }) =>
      listPage(
        world.db.links,
        { url: PATH, kind: 'payment_link', params, filter: (link) => params['active'] === undefined || link.active === params['active'] },
        (link) => view.payment_link(world, link.id),
      ),
  },
  { method: 'GET', path: `${PATH}/{id}`, handle: ({ world, ids }) => view.payment_link(world, ids[0]!) },
  { method: 'POST', path: `${PATH}/{id}`, takes: ['active', ...FIELDS], handle: update },
  {
    method: 'GET',
    path: `${PATH}/{id}/line_items`,
    handle: (call) =>
      cutPage(itemsOfSession(call.world, { ...linkOf(call), discounts: [] }), call.params, `${PATH}/${call.ids[0]!}/line_items`),
  },
];
