import fs from 'node:fs';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { type Road, startRoad } from '../road.ts';
import { bookMoney } from './book-money.ts';
import { issueInvoice } from './issue-invoice.ts';
import { copyTemplate, issueMany } from './issue-many.ts';
import { loseCustomer } from './lose-customer.ts';
import { loseProduct } from './lose-product.ts';
import { payInvoice } from './pay-invoice.ts';
import { readHistory } from './read-history.ts';
import { loseConnection, refuseBadInput } from './refuse-bad-input.ts';
import { syncBooks } from './sync-books.ts';
import { voidInvoice } from './void-invoice.ts';

// One company from its first invoice on: to start the product takes as long as many of these tests. Each compares with what it found.

let road: Road;
const flows = copyTemplate();
beforeAll(async () => {
  road = await startRoad({ limits: false, extraDirs: [flows] });
});
afterAll(async () => {
  await road?.stop();
  fs.rmSync(flows, { recursive: true, force: true });
});
afterEach(() => road.sandbox.faults.clear());

// In this order: the first invoice is the company's first; the sync comes before what nobody can bring in step again. Those that move the
// clock come last: the database's does not follow, so that what failed meanwhile would wait longer for its next try.
describe('issue', () => issueInvoice(() => road));
describe('issue many', () => issueMany(() => road));
describe('history', () => readHistory(() => road));
describe('pay', () => payInvoice(() => road));
describe('bad input', () => refuseBadInput(() => road));
describe('a product that is gone', () => loseProduct(() => road));
describe('sync', () => syncBooks(() => road));
describe('a customer who is gone', () => loseCustomer(() => road));
describe('books', () => bookMoney(() => road));
describe('void', () => voidInvoice(() => road));
describe('a connection that is gone', () => loseConnection(() => road));
