import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendPage } from '../../core/http.ts';
import type { Deliverer } from '../../core/delivery.ts';
import type { QuickbooksEngine } from '../engine.ts';
import { accountsPage, companyPage, registerPage, trialBalancePage, webhooksPage } from './books.ts';
import { FRAME, page } from './frame.ts';
import { customerPage, customersPage, invoicePage, invoicesPage, paymentPage, paymentsPage } from './sales.ts';

/** Read-only pages under /sandbox, and QuickBooks' own addresses of documents, so that links from Salesforce work. */
export function addPages(app: FastifyInstance, engine: QuickbooksEngine, deliverer: Deliverer): void {
  const lists: Record<string, () => string> = {
    '/sandbox': () => companyPage(engine),
    '/sandbox/invoices': () => invoicesPage(engine),
    '/sandbox/payments': () => paymentsPage(engine),
    '/sandbox/customers': () => customersPage(engine),
    '/sandbox/accounts': () => accountsPage(engine),
    '/sandbox/trial-balance': () => trialBalancePage(engine),
    '/sandbox/webhooks': () => webhooksPage(deliverer),
    '/sandbox/coverage': () => engine.coverage.page(FRAME),
  };
  for (const [path, render] of Object.entries(lists)) app.get(path, (_request, reply) => sendPage(reply, render()));
  app.get('/', (_request, reply) => reply.redirect('/sandbox'));

  const single = (reply: FastifyReply, found: string | undefined) =>
    found ? sendPage(reply, found) : sendPage(reply, page('Not found', '', 'There is no such record in this company.'), 404);
  app.get<{ Params: { id: string } }>('/sandbox/accounts/:id', (request, reply) => single(reply, registerPage(engine, request.params.id)));
  app.get<{ Querystring: { txnId?: string } }>('/app/invoice', (request, reply) =>
    single(reply, invoicePage(engine, request.query.txnId ?? '')),
  );
  app.get<{ Querystring: { txnId?: string } }>('/app/recvpayment', (request, reply) =>
    single(reply, paymentPage(engine, request.query.txnId ?? '')),
  );
  app.get<{ Querystring: { nameId?: string } }>('/app/customerdetail', (request, reply) =>
    single(reply, customerPage(engine, request.query.nameId ?? '')),
  );
}
