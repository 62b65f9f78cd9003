import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../../core/index.ts';
import type { StripeEngine } from '../engine.ts';
import type { Invoice, PaymentIntent } from '../entities.ts';
import { decodeForm } from '../form.ts';
import { hasProcessingPayment } from '../invoice-life.ts';
import { authenticate, collect, paymentMethod } from '../payments.ts';
import { TEST_ACCOUNTS, TEST_CARDS } from '../test-methods.ts';
import { authenticationPage, invoicePage, notFoundPage } from './page.ts';
import { invoicePdf } from './pdf.ts';
import { HOSTED_STYLES } from './styles.ts';

interface Token {
  Params: { token: string };
  Body: string;
}

/** The hosted invoice page: `/i/<token>`, with its PDF, payment and authentication. Forms only, no scripts. */
export function addHostedRoutes(app: FastifyInstance, engine: StripeEngine): void {
  const { db } = engine;
  const { account } = engine.world;
  const find = (token: string) => db.invoices.where({ token }, { limit: 1 })[0];
  const show = (reply: FastifyReply, page: string, status = 200) => reply.code(status).headers(PAGE_HEADERS).send(page);
  const back = (reply: FastifyReply, token: string) => reply.redirect(`/i/${token}`, 303);
  const intentOf = (invoice: Invoice): PaymentIntent | undefined => {
    const payments = db.invoicePayments.where({ invoice: invoice.id, is_default: true });
    return payments.length ? db.intents.get(payments.at(-1)!.payment_intent ?? '') : undefined;
  };
  const payable = (invoice: Invoice) =>
    (invoice.status === 'open' || invoice.status === 'uncollectible') && !hasProcessingPayment(engine.world, invoice.id);

  app.get('/i/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(HOSTED_STYLES));

  app.get<Token>('/i/:token', (request, reply) => {
    const invoice = find(request.params.token);
    if (!invoice) return show(reply, notFoundPage(), 404);
    return show(
      reply,
      invoicePage({
        account,
        invoice,
        items: db.items.where({ invoice: invoice.id }),
        intent: intentOf(invoice),
        payable: payable(invoice),
      }),
    );
  });

  app.get<Token>('/i/:token/pdf', (request, reply) => {
    const invoice = find(request.params.token);
    if (!invoice) return show(reply, notFoundPage(), 404);
    const name = `Invoice-${(invoice.number ?? invoice.id).replace(/[^\w.-]/g, '_')}.pdf`;
    return reply
      .headers({ 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}"` })
      .send(invoicePdf(account, invoice, db.items.where({ invoice: invoice.id })));
  });

  app.post<Token>('/i/:token/pay', (request, reply) => {
    const { token } = request.params;
    const invoice = find(token);
    if (!invoice) return show(reply, notFoundPage(), 404);
    const intent = intentOf(invoice);
    if (!intent || !payable(invoice)) return back(reply, token);
    const given = decodeForm(request.body) as { method?: string; number?: string; account?: string };
    const number = (given.method === 'bank' ? given.account : given.number)?.replace(/\D/g, '') ?? '';
    const sample = given.method === 'bank' ? TEST_ACCOUNTS[number] : TEST_CARDS[number];
    if (!sample) {
      const problem =
        given.method === 'bank'
          ? 'This is not one of Stripe’s test bank accounts.'
          : 'Your card number is invalid. The sandbox takes Stripe’s test cards only.';
      return show(
        reply,
        invoicePage({ account, invoice, items: db.items.where({ invoice: invoice.id }), intent, payable: true, problem }),
        400,
      );
    }
    const tried = engine.act((world) => collect(world, intent, paymentMethod(world, '', 'number', { ...sample })), invoice.id);
    return tried.status === 'requires_action' ? reply.redirect(`/i/${token}/authenticate`, 303) : back(reply, token);
  });

  app.get<Token>('/i/:token/authenticate', (request, reply) => {
    const invoice = find(request.params.token);
    const intent = invoice && intentOf(invoice);
    if (!invoice || intent?.status !== 'requires_action') return back(reply, request.params.token);
    return show(
      reply,
      authenticationPage(invoice.amount_due - invoice.amount_paid, invoice.currency, `/i/${request.params.token}/authenticate`),
    );
  });

  app.post<Token>('/i/:token/authenticate', (request, reply) => {
    const { token } = request.params;
    const invoice = find(token);
    const intent = invoice && intentOf(invoice);
    const { result } = decodeForm(request.body);
    if (intent?.status === 'requires_action') engine.act((world) => authenticate(world, intent, result === 'complete'), intent.id);
    return back(reply, token);
  });
}
