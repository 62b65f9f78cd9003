import { expect, test } from 'vitest';
import { checkAnswer } from './check-answer.ts';
import { schemaOf } from './spec.ts';

const product = {
  id: 'prod_1',
  object: 'product',
  active: true,
  created: 1,
  description: null,
  images: [],
  livemode: false,
  marketing_features: [],
  metadata: {},
  name: 'P',
  package_dimensions: null,
  shippable: null,
  tax_details: null,
  type: 'service',
  updated: 1,
  url: null,
};
const check = (value: object) => checkAnswer(schemaOf(value)!, value);

test('an answer must be what the SDK’s types promise', () => {
  expect(check(product)).toEqual([]);
  expect(check({ ...product, name: undefined })).toEqual(['.name: missing']);
  expect(check({ ...product, name: 7 })).toEqual(['.name: number instead of string']);
  expect(check({ ...product, colour: 'red' })).toEqual(['.colour: not a field of this type']);
  expect(check({ ...product, type: 'idea' })[0]).toContain('"idea" is not one of');
  expect(check({ ...product, metadata: { a: 1 } })[0]).toContain('.metadata.a');
});
