import type { FastifyInstance } from 'fastify';
import { readJson } from './session.ts';

/** One violation as browsers report it: https://www.w3.org/TR/CSP2/#violation-reports */
export interface CspReport {
  'violated-directive'?: string;
  'blocked-uri'?: string;
  'source-file'?: string;
  'line-number'?: number;
}

/** As Salesforce documents it for Lightning: scripts from the org alone, none inline, no eval. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  'report-uri /sandbox/csp-report',
].join('; ');

const DOCUMENT = `<!doctype html>
<html lang="en" dir="ltr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sandbox</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/assets/styles/salesforce-lightning-design-system.min.css">
    <link rel="stylesheet" href="/page/page.css">
    <script src="/app/synthetic-shadow.js"></script>
    <script type="module" src="/app/main.js"></script>
  </head>
  <body class="slds-scope">
    <noscript>The sandbox needs JavaScript.</noscript>
  </body>
</html>
`;
const KEPT_REPORTS = 200;

/** The one HTML document, under every `/lightning/` address, with the content security policy; returns the violations reported. */
export function addDocument(app: FastifyInstance): CspReport[] {
  const reports: CspReport[] = [];
  app.post('/sandbox/csp-report', async (request, reply) => {
    const body = readJson(request.body) as { 'csp-report'?: CspReport };
    reports.push(body['csp-report'] ?? {});
    if (reports.length > KEPT_REPORTS) reports.shift();
    return reply.code(204).send();
  });
  app.get('/sandbox/csp-report', async () => reports);
  app.get('/', async (_request, reply) => reply.redirect('/lightning/page/home'));
  app.get('/lightning/*', async (_request, reply) =>
    reply
      .headers({
        'content-security-policy': POLICY,
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(DOCUMENT),
  );
  return reports;
}
