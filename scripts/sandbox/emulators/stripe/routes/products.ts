import { createPrice, createProduct } from '../catalogue.ts';
import { invalid } from '../errors.ts';
import { formatPrice, formatProduct } from '../formatters.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { searchPage } from '../search.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

const PRODUCT = [
  'active',
  'description',
  'images',
  'metadata',
  'name',
  'shippable',
  'statement_descriptor',
  'tax_code',
  'unit_label',
  'url',
];
const PRICE = [
  'active',
  'currency',
  'lookup_key',
  'metadata',
  'nickname',
  'product',
  'product_data',
  'recurring',
  'tax_behavior',
  'unit_amount',
  'unit_amount_decimal',
];

function newProduct({ world, params }: Call) {
  const id = params['id'] as string | undefined;
  if (id !== undefined && world.db.products.get(id))
    throw invalid('Product already exists.', { code: 'resource_already_exists', param: 'id' });
  const product = createProduct(world, params);
  world.emit('product.created', formatProduct(product));
  return formatProduct(product);
}

function updateProduct({ world, ids, params }: Call) {
  const product = need(world.db.products, 'product', ids[0]!);
  const before = formatProduct(product);
  const { metadata, ...fields } = params;
  const cleared = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === '' ? null : value]));
  const changed = { ...product, ...cleared, metadata: mergeMetadata(product.metadata, metadata), updated: world.now() };
  world.db.products.put(changed);
  world.emit('product.updated', formatProduct(changed), before);
  return formatProduct(changed);
}

function removeProduct({ world, ids }: Call) {
  const product = need(world.db.products, 'product', ids[0]!);
  if (world.db.prices.where({ product: product.id }, { limit: 1 }).length)
    throw invalid('This product cannot be deleted because it has one or more user-created prices.');
  world.emit('product.deleted', formatProduct(product));
  const deleted = { ...product, deleted: true as const };
  world.db.products.put(deleted);
  return formatProduct(deleted);
}

function newPrice({ world, params }: Call) {
  const price = createPrice(world, params, '');
  world.emit('price.created', formatPrice(price));
  return formatPrice(price);
}

function updatePrice({ world, ids, params }: Call) {
  const price = need(world.db.prices, 'price', ids[0]!);
  const before = formatPrice(price);
  const { metadata, ...fields } = params;
  const changed = { ...price, ...fields, metadata: mergeMetadata(price.metadata, metadata) };
  world.db.prices.put(changed);
  world.emit('price.updated', formatPrice(changed), before);
  return formatPrice(changed);
}

const same = (wanted: unknown, value: unknown) => wanted === undefined || wanted === value;

export const products: Route[] = [
  { method: 'POST', path: '/v1/products', takes: ['id', ...PRODUCT], handle: newProduct },
  {
    method: 'GET',
    path: '/v1/products',
    takes: ['active', 'ids'],
    handle: ({ world, params }) =>
      listPage(
        world.db.products,
        {
          url: '/v1/products',
          kind: 'product',
          params,
          filter: (product) =>
            !product.deleted &&
            !product.inline &&
            same(params['active'], product.active) &&
            ((params['ids'] as string[] | undefined)?.includes(product.id) ?? true),
        },
        formatProduct,
      ),
  },
  {
    method: 'GET',
    path: '/v1/products/search',
    takes: ['query', 'page'],
    handle: ({ world, params }) => searchPage(world, world.db.products, 'products', params, formatProduct, (product) => !product.inline),
  },
  { method: 'GET', path: '/v1/products/{id}', handle: ({ world, ids }) => view.product(world, ids[0]!) },
  { method: 'POST', path: '/v1/products/{id}', takes: PRODUCT, handle: updateProduct },
  { method: 'DELETE', path: '/v1/products/{id}', handle: removeProduct },
  { method: 'POST', path: '/v1/prices', takes: PRICE, handle: newPrice },
  {
    method: 'GET',
    path: '/v1/prices',
    takes: ['active', 'currency', 'lookup_keys', 'product', 'type'],
    handle: ({ world, params }) =>
      listPage(
        world.db.prices,
        {
          url: '/v1/prices',
          kind: 'price',
          params,
          filter: (price) =>
            !price.inline &&
            same(params['active'], price.active) &&
            same(params['currency'], price.currency) &&
            same(params['product'], price.product) &&
            same(params['type'], price.recurring ? 'recurring' : 'one_time') &&
            ((params['lookup_keys'] as string[] | undefined)?.includes(price.lookup_key ?? '') ?? true),
        },
        formatPrice,
      ),
  },
  { method: 'GET', path: '/v1/prices/{id}', handle: ({ world, ids }) => view.price(world, ids[0]!) },
  { method: 'POST', path: '/v1/prices/{id}', takes: ['active', 'lookup_key', 'metadata', 'nickname', 'tax_behavior'], handle: updatePrice },
];
