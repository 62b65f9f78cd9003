import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { productLink, productsRuledOut } from './item-review.ts';
import { linkExternalKey } from './link.ts';
import { matchProduct, type ProductView } from './match-product.ts';

const US = '01t000000000001AAA';
const OTHERS = '01t000000000002AAA';
const ROBOT = { productId: US, name: 'Inspection robot', code: 'RB-200' };
const product = (id: string, name: string, change: Partial<ProductView> = {}): ProductView => ({
  ...{ id, name, code: null, active: true, productId: null, url: `https://dashboard.stripe.com/products/${id}` },
  ...change,
});

describe('which Stripe product a product is', () => {
  test.each<[string, ProductView[], object]>([
    [
      'the one that carries its id, whatever it is called',
      [product('a', 'Roboter', { productId: US }), product('b', 'Inspection robot', { code: 'RB-200' })],
      { status: 'linked', product: { id: 'a' }, matchedBy: 'Metadata' },
    ],
    [
      'the one with its code',
      [product('a', 'Roboter', { code: 'RB-200' }), product('b', 'Inspection robot')],
      { status: 'linked', product: { id: 'a' }, matchedBy: 'Score', reason: 'The code in its metadata is the product code.' },
    ],
    [
      'the active one with its name',
      [product('a', 'inspection ROBOT'), product('b', 'Inspection robot', { active: false })],
      { status: 'linked', product: { id: 'a' } },
    ],
    ['a new one: only alike', [product('a', 'Inspection robot, used'), product('b', 'Robot')], { status: 'will-be-created' }],
    ['a new one: another product’s', [product('a', 'Inspection robot', { productId: OTHERS })], { status: 'will-be-created' }],
    ['a new one: archived', [product('a', 'Inspection robot', { active: false })], { status: 'will-be-created' }],
    [
      'a person’s to say: two have the name',
      [product('a', 'Inspection robot'), product('b', 'Inspection robot'), product('c', 'Robot')],
      {
        status: 'needs-review',
        reason: "Several products fit. The product has this product's name.",
        candidates: [{ id: 'a' }, { id: 'b' }],
      },
    ],
    [
      'a person’s to say: its own is archived',
      [product('a', 'Inspection robot', { productId: US, active: false })],
      { status: 'needs-review', candidates: [{ id: 'a', active: false, score: 60 }] },
    ],
  ])('%s', (_title, found, expected) => {
    expect(matchProduct(ROBOT, found)).toMatchObject(expected);
  });

  test('a person’s to say: the one that fits stands for another product, was taken back, or was lost', () => {
    const one = product('a', 'Inspection robot');
    expect(matchProduct(ROBOT, [one], { sells: new Map([['a', ['Robot, old']]]) })).toMatchObject({
      reason: 'The product that fits, Inspection robot, stands for another product too: Robot, old.',
      candidates: [{ alsoSells: ['Robot, old'] }],
    });
    expect(matchProduct(ROBOT, [one], { said: { notSame: [], undone: ['a'] } })).toMatchObject({
      reason: 'A person undid the link to it.',
    });
    expect(matchProduct(ROBOT, [one], { said: { notSame: ['a'], undone: [] } })).toEqual({ status: 'will-be-created' });
    const broken = productLink(US, { id: 'gone', name: 'Robot' }, { matchedBy: 'Created', reasons: '' });
    expect(matchProduct(ROBOT, [one], { broken })).toMatchObject({
      status: 'needs-review',
      reason: 'The product it was linked to (Robot) was deleted or archived in Stripe.',
      candidates: [{ id: 'a' }],
    });
  });
});

const found = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    name: fc.constantFrom('Inspection robot', 'INSPECTION robot', 'Robot'),
    code: fc.constantFrom(null, 'RB-200', 'RB-1'),
    active: fc.boolean(),
    productId: fc.constantFrom(null, US, OTHERS),
    url: fc.constant(''),
  }),
  { maxLength: 6 },
);
const ids = fc.subarray(['a', 'b', 'c', 'd']);

test('a machine never links a product to what stands for another, is archived, was ruled out, or is one of two that fit', () => {
  fc.assert(
    fc.property(found, ids, ids, ids, (drawn, taken, notSame, undone) => {
      const all = [...new Map(drawn.map((each) => [each.id, each])).values()];
      const sells = new Map(taken.map((id) => [id, ['Another']]));
      const match = matchProduct(ROBOT, all, { sells, said: { notSame, undone } });
      if (match.status !== 'linked') return;
      const { id, active, productId, code, name } = match.product;
      expect(active && productId !== OTHERS).toBe(true);
      expect([...taken, ...notSame, ...undone]).not.toContain(id);
      const isSame = (each: ProductView) =>
        productId === US
          ? each.productId === US
          : code === ROBOT.code
            ? each.code === ROBOT.code
            : each.name.toLowerCase() === name.toLowerCase();
      const rivals = all.filter((each) => each.active && each.productId !== OTHERS && !notSame.includes(each.id) && isSame(each));
      expect(rivals.map((each) => each.id)).toEqual([id]);
    }),
  );
});

test('two products cannot both be linked to one Stripe product by a machine; a person may', () => {
  const key = (productId: string, matchedBy: 'Score' | 'Metadata' | 'Created' | 'Person') =>
    linkExternalKey('main', productLink(productId, { id: 'prod_1', name: 'Robot' }, { matchedBy, reasons: '' }));
  fc.assert(
    fc.property(fc.constantFrom('Score', 'Metadata', 'Created'), fc.constantFrom('Score', 'Metadata', 'Created'), (one, other) => {
      expect(key(US, one)).toBe(key(OTHERS, other));
      expect(key(US, 'Person')).not.toBe(key(OTHERS, one));
    }),
  );
});

test('a new product is none that was lost or that a person ruled out', () => {
  const lost = { ...productLink(US, { id: 'lost', name: 'Robot' }, { matchedBy: 'Score', reasons: '' }), status: 'Broken' as const };
  const linked = productLink(US, { id: 'now', name: 'Robot' }, { matchedBy: 'Score', reasons: '' });
  expect([...productsRuledOut({ links: [lost, linked] }, US)]).toEqual(['lost']);
});
