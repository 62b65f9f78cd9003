import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../../core/index.ts';
import type { StripeEngine } from '../engine.ts';
import { decodeForm } from '../form.ts';
import { authenticationPage, invoicePage, notFoundPage } from './page.ts';
import { authenticateInvoice, intentOf, isPayable, payInvoice } from './pay.ts';
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
        intent: intentOf(db, invoice),
        payable: isPayable(engine, invoice),
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
    const given = decodeForm(request.body) as { method?: string; number?: string; account?: string };
    const number = (given.method === 'bank' ? given.account : given.number)?.replace(/\D/g, '') ?? '';
    const tried = payInvoice(engine, invoice, { method: given.method === 'bank' ? 'bank' : 'card', number });
    if (tried !== 'no-such-method') return tried === 'authenticate' ? reply.redirect(`/i/${token}/authenticate`, 303) : back(reply, token);
    const problem =
      given.method === 'bank'
        ? 'This is not one of Stripe’s test bank accounts.'
        : 'Your card number is invalid. The sandbox takes Stripe’s test cards only.';
    const intent = intentOf(db, invoice);
    const items = db.items.where({ invoice: invoice.id });
    return show(reply, invoicePage({ account, invoice, items, intent, payable: true, problem }), 400);
  });

  app.get<Token>('/i/:token/authenticate', (request, reply) => {
    const invoice = find(request.params.token);
    const intent = invoice && intentOf(db, invoice);
    if (!invoice || intent?.status !== 'requires_action') return back(reply, request.params.token);
    return show(
      reply,
      authenticationPage(invoice.amount_due - invoice.amount_paid, invoice.currency, `/i/${request.params.token}/authenticate`),
    );
  });

  app.post<Token>('/i/:token/authenticate', (request, reply) => {
    const { token } = request.params;
    const invoice = find(token);
    const { result } = decodeForm(request.body);
    if (invoice) authenticateInvoice(engine, invoice, result === 'complete');
    return back(reply, token);
  });
}
