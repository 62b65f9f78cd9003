import { STRIPE_HOOK_PATH } from '../../../src/webhooks/stripe.ts';
import { type Row, startRoad } from '../../road.ts';
import { sendAll } from './client.ts';
import { memoryMb } from './cpu.ts';
import { readTemplates, signedRequest, word } from './events.ts';

export interface MemoryMark {
  events: number;
  megabytes: number;
}

const AT_ONCE = 2_000;
const CONNECTIONS = 64;
const INVOICES = 5;

/**
 * Sends events about a few issued invoices to the functions of a whole sandbox, web and worker in one process, which refreshes
 * the invoices from all three systems all the while. Notes the resident memory after each of `marks`.
 */
export async function watchMemory(marks: readonly number[], log: (line: string) => void): Promise<MemoryMark[]> {
  const road = await startRoad({ limits: false, durable: true });
  try {
    const invoices: Row[] = [];
    for (let index = 0; index < INVOICES; index += 1) invoices.push(await road.issued(120));
    const template = readTemplates().paid[2]?.body ?? '';
    const { functions, stripe } = road.sandbox;
    const port = Number(new URL(functions.baseUrl).port);
    const pid = functions.pid();
    if (pid === undefined) throw new Error('the functions do not run');
    const run = Date.now().toString(36);
    const found: MemoryMark[] = [];
    let sent = 0;
    for (const mark of marks) {
      while (sent < mark) {
        const requests = Array.from({ length: Math.min(AT_ONCE, mark - sent) }, (_, index) => {
          const about = invoices[(sent + index) % INVOICES];
          const id = `evt_${run}${sent + index}`;
          const invoice = String(about?.Stripe_Invoice_Id__c);
          const body = word(template, { id, invoice, salesforceId: String(about?.Id), created: Math.floor(Date.now() / 1000) });
          return signedRequest(STRIPE_HOOK_PATH, { id, invoice, status: '', body }, stripe.webhookSecret);
        });
        const { refused } = await sendAll(port, requests, CONNECTIONS);
        if (refused > 0) throw new Error(`${refused} events were refused`);
        sent += requests.length;
      }
      // One that was started anew meanwhile would look small.
      if (functions.pid() !== pid) throw new Error(`the functions were process ${pid} and are ${functions.pid()} after ${sent} events`);
      found.push({ events: mark, megabytes: memoryMb(pid) });
      log(`${mark.toLocaleString('en')} events: ${found.at(-1)?.megabytes} MB`);
    }
    return found;
  } finally {
    await road.stop();
  }
}
