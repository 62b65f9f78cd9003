import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../../core/index.ts';
import type { StripeEngine } from '../engine.ts';
import type { CheckoutSession } from '../entities.ts';
import { StripeError } from '../errors.ts';
import { decodeForm } from '../form.ts';
import { authenticationPage } from '../hosted/page.ts';
import { authenticate } from '../payments.ts';
import { TEST_ACCOUNTS, TEST_CARDS } from '../test-methods.ts';
import { amountsOf, sum } from './amounts.ts';
import { checkoutPage, closedPage, donePage } from './page.ts';
import { paySession } from './pay.ts';
import { openLink, readDiscount } from './sessions.ts';

interface Request {
  Params: { id: string };
  Body: string;
}

/** `/c/pay/<session>` is the hosted checkout, `/pl/<token>` a payment link: each visit opens a session. */
export function addCheckoutPages(app: FastifyInstance, engine: StripeEngine): void {
  const { db, world } = engine;
  const show = (reply: FastifyReply, page: string, status = 200) => reply.code(status).headers(PAGE_HEADERS).send(page);
  const shown = (reply: FastifyReply, session: CheckoutSession, problem?: string, status = problem ? 400 : 200) => {
    if (session.status === 'expired') return show(reply, closedPage('This checkout has expired.'), 410);
    const message = db.links.get(session.payment_link ?? '')?.after_completion.hosted_confirmation?.custom_message ?? null;
    return show(reply, session.status === 'complete' ? donePage(session, message) : checkoutPage(world, session, problem), status);
  };
  const unknown = (reply: FastifyReply) => show(reply, closedPage('The link may be incomplete.'), 404);
  const on = (
    method: 'GET' | 'POST',
    path: string,
    handle: (session: CheckoutSession, form: Record<string, string>, reply: FastifyReply) => unknown,
  ) =>
    app.route<Request>({
      method,
      url: `/c/pay/:id${path}`,
      handler(request, reply) {
        const session = db.sessions.get(request.params.id);
        return session
          ? handle(session, method === 'POST' ? (decodeForm(request.body) as Record<string, string>) : {}, reply)
          : unknown(reply);
      },
    });
  const back = (reply: FastifyReply, session: CheckoutSession, path = '') => reply.redirect(`/c/pay/${session.id}${path}`, 303);

  app.get<Request>('/pl/:id', (request, reply) => {
    const [link] = db.links.where({ token: request.params.id }, { limit: 1 });
    if (!link) return unknown(reply);
    if (!link.active) return show(reply, closedPage(link.inactive_message ?? 'This payment link is no longer active.'), 410);
    return back(
      reply,
      engine.act((inner) => openLink(inner, link)),
    );
  });
  on('GET', '', (session, _form, reply) => shown(reply, session));
  on('POST', '', (session, form, reply) => {
    if (session.status !== 'open') return shown(reply, session);
    const number = (form['method'] === 'bank' ? form['account'] : form['number'])?.replace(/\D/g, '') ?? '';
    const sample = form['method'] === 'bank' ? TEST_ACCOUNTS[number] : TEST_CARDS[number];
    if (form['method'] !== undefined && !sample) return shown(reply, session, 'The sandbox takes Stripe’s test cards and accounts only.');
    if (session.customer === null && !(form['email'] ?? session.customer_email)) return shown(reply, session, 'Enter your email.');
    const outcome = engine.act((inner) => paySession(inner, session, sample, form['email'] ?? ''), session.customer ?? undefined);
    if (outcome.authenticate) return back(reply, session, '/authenticate');
    return outcome.problem ? shown(reply, db.sessions.get(session.id)!, outcome.problem, 402) : back(reply, session);
  });
  on('POST', '/code', (session, { code = '' }, reply) => {
    if (session.status !== 'open' || !session.allow_promotion_codes) return back(reply, session);
    const found = db.promotionCodes.all().find((one) => one.active && one.code.toUpperCase() === code.trim().toUpperCase());
    if (!found) return shown(reply, session, 'This code is invalid.');
    try {
      const discount = readDiscount(world, session, { promotion_code: found.id }, 'code');
      db.sessions.put({ ...session, discounts: [discount] });
      return back(reply, session);
    } catch (error) {
      if (error instanceof StripeError) return shown(reply, session, error.message);
      throw error;
    }
  });
  on('GET', '/authenticate', (session, _form, reply) =>
    db.intents.get(session.payment_intent ?? '')?.status === 'requires_action'
      ? show(reply, authenticationPage(sum(amountsOf(world, session), 'total'), session.currency, `/c/pay/${session.id}/authenticate`))
      : back(reply, session),
  );
  on('POST', '/authenticate', (session, { result }, reply) => {
    const intent = db.intents.get(session.payment_intent ?? '');
    if (intent?.status === 'requires_action') engine.act((inner) => authenticate(inner, intent, result === 'complete'), intent.id);
    return back(reply, session);
  });
}
