import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkExternalKey } from './link.ts';
import { itemLink } from './item-review.ts';
import { matchItem, type ItemView } from './match-item.ts';
import { tellingWords, weighItem } from './weigh-item.ts';

const item = (id: string, name: string, sku: string | null, change: Partial<ItemView> = {}): ItemView => ({
  id,
  name,
  sku,
  active: true,
  hasIncomeAccount: true,
  ...change,
});
const ROBOT = { name: 'Inspection robot', code: 'RB-200' };

describe('which item a product is', () => {
  test.each<[string, ItemView[], object]>([
    ['the one with its code', [item('1', 'Robot', 'RB-200'), item('2', 'Inspection robot', null)], { status: 'linked', item: { id: '1' } }],
    ['the one with its name', [item('2', 'inspection ROBOT', null)], { status: 'linked', item: { id: '2' } }],
    [
      'the one of its name that can be sold, not the category',
      [item('1', 'Inspection robot', null, { hasIncomeAccount: false }), item('2', 'Inspection robot', null)],
      { status: 'linked', item: { id: '2' } },
    ],
    ['nobody’s: an inactive one cannot be chosen', [item('1', 'Inspection robot', 'RB-200', { active: false })], { status: 'none' }],
    ['nobody’s: only a category is alike', [item('1', 'Inspection', null, { hasIncomeAccount: false })], { status: 'none' }],
    ['nobody’s: nothing speaks for it', [item('1', 'Care plan', 'RB-CARE')], { status: 'none' }],
    [
      'a person’s to say: two have the code',
      [item('1', 'Robot', 'RB-200'), item('2', 'Robot, used', 'RB-200')],
      { status: 'needs-review', reason: "Several items fit. The item's SKU is the product code.", candidates: [{ id: '1' }, { id: '2' }] },
    ],
    [
      'a person’s to say: only alike',
      [item('1', 'Robots for inspection', 'INSP'), item('2', 'Inspection robot (deleted)', 'rb200', { active: false })],
      {
        status: 'needs-review',
        candidates: [
          { id: '2', active: false, score: 100 },
          { id: '1', score: 28, fields: { name: 'alike', sku: 'different' }, doubts: ["The item's SKU is not the product code."] },
        ],
      },
    ],
  ])('%s', (_title, items, expected) => {
    expect(matchItem(ROBOT, items)).toMatchObject(expected);
  });

  test('a person’s to say: the one that fits sells another product', () => {
    const sells = new Map([['1', ['Robot, old']]]);
    expect(matchItem(ROBOT, [item('1', 'Robot', 'RB-200')], { sells })).toMatchObject({
      status: 'needs-review',
      reason: 'The item that fits, Robot, sells another product too: Robot, old.',
      candidates: [{ id: '1', alsoSells: ['Robot, old'] }],
    });
  });

  test('what a person took back is not linked again, and what they ruled out is not offered', () => {
    const one = item('1', 'Robot', 'RB-200');
    expect(matchItem(ROBOT, [one], { said: { notSame: [], undone: ['1'] } })).toMatchObject({ status: 'needs-review' });
    const other = item('2', 'Robot, new', 'RB-200');
    expect(matchItem(ROBOT, [one, other], { said: { notSame: [], undone: ['9'] }, asked: 'Why.' })).toMatchObject({
      status: 'needs-review',
    });
    expect(matchItem(ROBOT, [one, other], { said: { notSame: ['1'], undone: [] } })).toMatchObject({ status: 'linked', item: { id: '2' } });
    expect(matchItem(ROBOT, [one], { said: { notSame: ['1'], undone: [] } })).toEqual({ status: 'none' });
  });

  test('an item of another name is found by its words, or by what its description names', () => {
    expect(tellingWords('On-site installation, day')).toEqual(['installation', 'site']);
    expect(weighItem(ROBOT, { name: 'Hardware', sku: null, description: 'Our inspection robot, with case' })).toMatchObject({
      score: 20,
      reasons: ["The item's description names the product."],
    });
  });

  const few = <T>(...values: T[]) => fc.constantFrom(...values);
  const items = fc.uniqueArray(
    fc.record({
      id: few('1', '2', '3', '4'),
      name: few('Inspection robot', 'inspection Robot', 'Robot', 'Care plan', ''),
      sku: few('RB-200', 'RB-CARE', null),
      active: fc.boolean(),
      hasIncomeAccount: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  );
  const ids = fc.subarray(['1', '2', '3', '4']);
  const known = fc.record({ notSame: ids, undone: ids, sold: ids, asked: few('Why.', null) });

  test('is never guessed: linked is only the one that fits, active, free and not ruled out', () => {
    fc.assert(
      fc.property(items, known, (all, { notSame, undone, sold, asked }) => {
        const circumstances = { said: { notSame, undone }, asked, sells: new Map(sold.map((id) => [id, ['Another']])) };
        const match = matchItem(ROBOT, all, circumstances);
        expect(matchItem(ROBOT, [...all].reverse(), circumstances)).toEqual(match);
        if (match.status === 'needs-review') {
          expect(match.candidates.some(({ active }) => active)).toBe(true);
          expect(match.candidates.filter(({ id }) => notSame.includes(id))).toEqual([]);
        }
        if (match.status !== 'linked') return;
        const { id, active, sku, name } = match.item;
        expect(active && ![...notSame, ...undone, ...sold].includes(id)).toBe(true);
        const rivals = all.filter((each) => each.active && each.id !== id && !notSame.includes(each.id));
        const fitsLike = (each: ItemView) => (sku === 'RB-200' ? each.sku === 'RB-200' : each.name.toLowerCase() === 'inspection robot');
        expect(sku === 'RB-200' || name.toLowerCase() === 'inspection robot').toBe(true);
        expect(rivals.filter((each) => fitsLike(each) && each.hasIncomeAccount)).toEqual([]);
        if (sku !== 'RB-200') expect(rivals.filter((each) => each.sku === 'RB-200')).toEqual([]);
      }),
    );
  });
});

test('an item sells as many products as a person says, and one by a machine', () => {
  const key = (productId: string, matchedBy: 'Person' | 'Score') =>
    linkExternalKey('main', itemLink(productId, { id: '11', name: 'Robot' }, { matchedBy, reasons: '' }));
  expect(key('01tA', 'Score')).toBe(key('01tB', 'Score'));
  expect(new Set([key('01tA', 'Score'), key('01tA', 'Person'), key('01tB', 'Person')]).size).toBe(3);
});
