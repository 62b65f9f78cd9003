import type { FastifyInstance } from 'fastify';
import type { QuickbooksEngine } from './engine.ts';
import { entityNamed } from './entities.ts';
import type { Draft } from './entities.ts';
import type { Notifier } from './hooks/notifier.ts';
import { seedQuickbooks } from './seed.ts';
import type { SeedOptions } from './seed.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { CompanySettings } from './settings.ts';

interface OtherUsersEdit {
  entity: string;
  id?: string;
  /** Members to change, or a whole new entity when no id is given. */
  values?: Draft;
  operation?: 'save' | 'delete' | 'void';
  /** Name shown in stale-object faults. */
  user?: string;
}

/** Control routes of this stand-in, beside those every stand-in has: what the company's people do in QuickBooks itself. */
export function addQuickbooksControl(app: FastifyInstance, engine: QuickbooksEngine, notifier: Notifier, defaultVerifier: string): void {
  app.get('/__ctl/company', () => ({
    realmId: engine.realmId,
    settings: engine.books.settings,
    switches: engine.switches,
    meters: engine.meters,
    readMeter: engine.readMeter.state(),
    refused: engine.coverage.refusals(),
  }));

  app.post('/__ctl/preferences', (request, reply) => {
    const patch = (request.body ?? {}) as Partial<CompanySettings>;
    const unknown = Object.keys(patch).filter((name) => !(name in DEFAULT_SETTINGS));
    if (unknown.length > 0)
      return reply
        .code(400)
        .send({ error: `Unknown settings: ${unknown.join(', ')}. Known: ${Object.keys(DEFAULT_SETTINGS).join(', ')}.` });
    engine.books.saveSettings(patch);
    return reply.send(engine.books.settings);
  });

  app.post('/__ctl/switches', (request) => Object.assign(engine.switches, request.body));

  app.post('/__ctl/edit', (request, reply) => {
    const { entity: name, id, values = {}, operation = 'save', user } = request.body as OtherUsersEdit;
    const entity = entityNamed(name);
    if (!entity) return reply.code(400).send({ error: `${name} is not covered.` });
    const current = id === undefined ? undefined : engine.books.get(entity, id);
    if (id !== undefined && !current) return reply.code(404).send({ error: `There is no ${name} ${id}.` });
    const system = current ? { Id: current.Id, SyncToken: current.SyncToken, sparse: true } : {};
    const written = engine.write(entity, { ...values, ...system }, operation);
    if (user) engine.books.saveSettings({ lastUser: user });
    return reply.send(written);
  });

  app.post('/__ctl/merge', (request, reply) => {
    const { entity = 'Customer', from, into, user } = request.body as { entity?: string; from: string; into: string; user?: string };
    if (entity !== 'Customer') return reply.code(400).send({ error: 'Only customers can be merged here.' });
    const reason = engine.merge(from, into);
    if (reason !== undefined) return reply.code(400).send({ error: reason });
    if (user) engine.books.saveSettings({ lastUser: user });
    return reply.send(engine.books.get('Customer', into));
  });

  app.post('/__ctl/read-meter', (request) => {
    engine.readMeter.set((request.body ?? {}) as { used?: number; allowance?: number });
    return engine.readMeter.state();
  });

  app.post('/__ctl/expire-tokens', () => {
    engine.tokens.expireAll();
    return {};
  });

  app.post('/__ctl/webhook', (request) => {
    const { url, verifier, format } = (request.body ?? {}) as { url?: string | null; verifier?: string; format?: 'cloudevents' | 'legacy' };
    if (url === null) notifier.webhook = undefined;
    else if (url !== undefined) notifier.webhook = { url, verifier: verifier ?? notifier.webhook?.verifier ?? defaultVerifier };
    if (format) notifier.format = format;
    return { url: notifier.webhook?.url ?? null, format: notifier.format };
  });

  app.post('/__ctl/seed', (request) => seedQuickbooks(engine, (request.body ?? {}) as SeedOptions));

  app.get('/__ctl/trial-balance', () => {
    const rows = engine.ledger
      .trialBalance()
      .map((balance) => ({ account: engine.books.get('Account', balance.id)?.['Name'], ...balance }));
    return { rows, difference: rows.reduce((sum, { home }) => sum + home, 0), receivables: engine.ledger.receivables() };
  });
}
