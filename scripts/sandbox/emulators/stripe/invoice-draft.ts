import { readDiscounts } from './discounts/discounts.ts';
import type { Invoice } from './entities.ts';
import { invalid, notModelled } from './errors.ts';
import { attachedMethod } from './payment-methods.ts';
import { mergeMetadata } from './metadata.ts';
import { readTaxRates } from './tax-rates.ts';
import type { World } from './world.ts';

type Given = Record<string, unknown>;

const DAY = 86_400;
/** Still changeable once an invoice is final. https://docs.stripe.com/api/invoices/update */
const AFTER_FINALIZATION = ['auto_advance', 'default_payment_method', 'metadata', 'payment_settings'];

/** Refuses what a finalized invoice no longer takes; message as reported in https://github.com/stripe/stripe-php/issues/1105 */
export function refuseFinalizedChange(params: Given): void {
  const wrong = Object.keys(params).find((name) => !AFTER_FINALIZATION.includes(name));
  if (wrong !== undefined) throw invalid("Finalized invoices can't be updated in this way", { code: 'invoice_not_editable', param: wrong });
}

/** An invoice with the given fields applied, each checked. */
export function readDraftFields(world: World, invoice: Invoice, params: Given): Invoice {
  const changed: Invoice = { ...invoice, metadata: mergeMetadata(invoice.metadata, params['metadata']) };
  const text = (name: 'description' | 'footer' | 'statement_descriptor') => {
    if (params[name] !== undefined) changed[name] = params[name] as string;
  };
  text('description');
  text('footer');
  text('statement_descriptor');
  if ((params['automatic_tax'] as { enabled: boolean } | undefined)?.enabled) throw notModelled('Stripe Tax', 'automatic_tax[enabled]');
  const issuer = params['issuer'] as { type: string } | undefined;
  if (issuer && issuer.type !== 'self') throw notModelled('issuing for connected accounts', 'issuer[type]');
  if (params['collection_method'] !== undefined) changed.collection_method = params['collection_method'] as Invoice['collection_method'];
  if (params['auto_advance'] !== undefined) changed.auto_advance = params['auto_advance'] as boolean;
  if (params['automatically_finalizes_at'] !== undefined) throw notModelled('automatically_finalizes_at', 'automatically_finalizes_at');
  if (params['effective_at'] !== undefined)
    changed.effective_at = params['effective_at'] === '' ? null : (params['effective_at'] as number);
  if (params['default_payment_method'] !== undefined)
    changed.default_payment_method = attachedMethod(world, params['default_payment_method'], invoice.customer, 'default_payment_method');
  if (params['default_tax_rates'] !== undefined)
    changed.default_tax_rates = readTaxRates(world, params['default_tax_rates'], 'default_tax_rates');
  if (params['discounts'] !== undefined) {
    const owner = { customer: invoice.customer, invoice: invoice.id };
    changed.discounts = readDiscounts(world, params['discounts'], owner, { currency: invoice.currency }, 'discounts');
  }
  if (params['custom_fields'] !== undefined) changed.custom_fields = readCustomFields(params['custom_fields']);
  if (params['number'] !== undefined) changed.number = readNumber(world, changed, params['number'] as string);
  readDue(world, changed, params);
  readSettings(changed, params);
  return changed;
}

function readDue(world: World, invoice: Invoice, params: Given): void {
  const days = params['days_until_due'] as number | undefined;
  const date = params['due_date'] as number | undefined;
  const param = days === undefined ? 'due_date' : 'days_until_due';
  if (days === undefined && date === undefined) return;
  if (days !== undefined && date !== undefined)
    throw invalid('You may only specify one of these parameters: days_until_due, due_date.', { param: 'due_date' });
  if (invoice.collection_method !== 'send_invoice')
    throw invalid(`You can only set \`${param}\` if the \`collection_method\` is \`send_invoice\`.`, { param });
  if (days !== undefined && (days < 0 || days > 365 * 5))
    throw invalid(`Invalid integer: ${days}`, { code: 'parameter_invalid_integer', param });
  const due = date ?? invoice.created + (days ?? 0) * DAY;
  if (date !== undefined && date <= world.now())
    throw invalid('The due date must be in the future.', { code: 'parameter_invalid_integer', param });
  invoice.due_date = due;
}

function readCustomFields(given: unknown): Invoice['custom_fields'] {
  if (given === '') return null;
  const fields = given as { name: string; value: string }[];
  if (fields.length > 4) throw invalid('You can add up to 4 custom fields.', { param: 'custom_fields' });
  for (const [index, field] of fields.entries()) {
    if (field.name.length > 40)
      throw invalid('Invalid string: custom field names can be at most 40 characters.', { param: `custom_fields[${index}][name]` });
    if (field.value.length > 140)
      throw invalid('Invalid string: custom field values can be at most 140 characters.', { param: `custom_fields[${index}][value]` });
  }
  return fields.length ? fields : null;
}

/** A number names one invoice of the account. */
function readNumber(world: World, invoice: Invoice, given: string): string | null {
  if (given === '') return null;
  const taken = world.db.invoices.where({ number: given }).some((other) => other.id !== invoice.id);
  if (taken) throw invalid(`The invoice number ${given} is already in use by another invoice.`, { param: 'number' });
  return given;
}

function readSettings(invoice: Invoice, params: Given): void {
  const settings = params['payment_settings'] as
    | { default_mandate?: string; payment_method_options?: unknown; payment_method_types?: string[] | '' }
    | undefined;
  if (settings) {
    if (settings.payment_method_options !== undefined)
      throw notModelled('payment method options of invoices', 'payment_settings[payment_method_options]');
    if (settings.default_mandate) throw notModelled('mandates', 'payment_settings[default_mandate]');
    const types = settings.payment_method_types;
    const unknown = types && types.find((type) => type !== 'card' && type !== 'us_bank_account');
    if (unknown) throw notModelled(`payments by ${unknown}`, 'payment_settings[payment_method_types]');
    if (types !== undefined) invoice.payment_settings = { ...invoice.payment_settings, payment_method_types: types || null };
  }
  const rendering = params['rendering'] as { amount_tax_display?: string; pdf?: { page_size?: string }; template?: string } | undefined;
  if (!rendering) return;
  if (rendering.template !== undefined) throw notModelled('invoice rendering templates', 'rendering[template]');
  const current = invoice.rendering ?? { amount_tax_display: null, pdf: null, template: null, template_version: null };
  invoice.rendering = {
    ...current,
    ...(rendering.amount_tax_display === undefined ? {} : { amount_tax_display: rendering.amount_tax_display || null }),
    ...(rendering.pdf === undefined ? {} : { pdf: { page_size: rendering.pdf.page_size ?? null } }),
  };
}
