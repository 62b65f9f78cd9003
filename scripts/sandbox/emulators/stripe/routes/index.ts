import type { Route } from '../world.ts';
import { account } from './account.ts';
import { customers } from './customers.ts';
import { invoiceActions } from './invoice-actions.ts';
import { invoiceLines } from './invoice-lines.ts';
import { invoices } from './invoices.ts';
import { payments } from './payments.ts';
import { products } from './products.ts';

/** Every modelled call; of two that match, the one with fixed parts stands first. */
export const routes: Route[] = [...customers, ...products, ...invoices, ...invoiceLines, ...invoiceActions, ...payments, ...account];
