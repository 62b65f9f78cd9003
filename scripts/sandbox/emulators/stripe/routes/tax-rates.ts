import type { TaxRate } from '../entities.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { formatTaxRate } from '../formatters-tax.ts';
import { newTaxRate } from '../tax-rates.ts';
import { need } from '../views.ts';
import type { Call, Route } from '../world.ts';

const CHANGEABLE = ['active', 'country', 'description', 'display_name', 'jurisdiction', 'metadata', 'state', 'tax_type'];

function create({ world, params }: Call) {
  const rate = newTaxRate(world, params, '');
  world.emit('tax_rate.created', formatTaxRate(rate));
  return formatTaxRate(rate);
}

/** The percentage and whether it is inclusive stay for ever. */
function update({ world, ids, params }: Call) {
  const rate = need(world.db.taxRates, 'tax rate', ids[0]!);
  const { metadata, ...fields } = params;
  const changed = { ...rate, ...fields, metadata: mergeMetadata(rate.metadata ?? {}, metadata) } as TaxRate;
  world.db.taxRates.put(changed);
  world.emit('tax_rate.updated', formatTaxRate(changed), formatTaxRate(rate));
  return formatTaxRate(changed);
}

export const taxRates: Route[] = [
  { method: 'POST', path: '/v1/tax_rates', takes: [...CHANGEABLE, 'inclusive', 'percentage'], handle: create },
  {
    method: 'GET',
    path: '/v1/tax_rates',
    takes: ['active', 'inclusive'],
    handle: ({ world, params }) =>
      listPage(
        world.db.taxRates,
        {
          url: '/v1/tax_rates',
          kind: 'tax rate',
          params,
          filter: (rate) =>
            (params['active'] === undefined || (rate.active ?? true) === params['active']) &&
            (params['inclusive'] === undefined || rate.inclusive === params['inclusive']),
        },
        formatTaxRate,
      ),
  },
  { method: 'GET', path: '/v1/tax_rates/{id}', handle: ({ world, ids }) => formatTaxRate(need(world.db.taxRates, 'tax rate', ids[0]!)) },
  { method: 'POST', path: '/v1/tax_rates/{id}', takes: CHANGEABLE, handle: update },
];
