import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from './store.ts';

interface Thing {
  id: string;
  owner?: string | null;
  paid?: boolean;
  rank?: number;
}

function things() {
  const store = openStore();
  const collection = store.collection<Thing>('things', { indexes: ['owner'] });
  for (const [index, owner] of ['a', 'b', 'a', null, 'a'].entries())
    collection.put({ id: `t${index}`, owner, paid: index % 2 === 0, rank: 9 - index });
  return { store, collection };
}

test('keeps insertion order, also after a replacement', () => {
  const { collection } = things();
  collection.put({ id: 't0', owner: 'a', paid: true, rank: 1 });
  expect(collection.all().map((thing) => thing.id)).toEqual(['t0', 't1', 't2', 't3', 't4']);
  expect(collection.get('t0')?.rank).toBe(1);
  expect(collection.get('none')).toBeUndefined();
});

test('finds by fields, null and booleans included, with order, limit and cursor', () => {
  const { collection } = things();
  const ids = (rows: Thing[]) => rows.map((thing) => thing.id);
  expect(ids(collection.where({ owner: 'a' }))).toEqual(['t0', 't2', 't4']);
  expect(ids(collection.where({ owner: null }))).toEqual(['t3']);
  expect(ids(collection.where({ paid: false }))).toEqual(['t1', 't3']);
  expect(ids(collection.where({ owner: 'a' }, { desc: true, after: 't4', limit: 1 }))).toEqual(['t2']);
  expect(ids(collection.where({}, { orderBy: 'rank', limit: 2 }))).toEqual(['t4', 't3']);
  expect(ids(collection.where({}, { orderBy: 'rank', after: 't3', limit: 2 }))).toEqual(['t2', 't1']);
  expect(collection.where({}, { after: 'none' })).toEqual([]);
  expect(collection.count({ owner: 'a' })).toBe(3);
});

test('field names cannot carry SQL', () => {
  const { collection } = things();
  expect(() => collection.where({ "x') OR 1=1 --": 1 } as never)).toThrow('cannot be searched');
});

test('a throw undoes the whole transaction, a nested one only its own part', () => {
  const { store, collection } = things();
  expect(() =>
    store.transaction(() => {
      collection.delete('t0');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(collection.count()).toBe(5);
  store.transaction(() => {
    collection.delete('t0');
    expect(() =>
      store.transaction(() => {
        collection.delete('t1');
        throw new Error('inner');
      }),
    ).toThrow('inner');
  });
  expect(collection.all().map((thing) => thing.id)).toEqual(['t1', 't2', 't3', 't4']);
});

test('snapshot and restore bring everything back, also into another store', () => {
  const { store, collection } = things();
  const image = store.snapshot();
  collection.delete('t0');
  store.collection<Thing>('later').put({ id: 'x' });
  store.restore(image);
  expect(collection.all().map((thing) => thing.id)).toEqual(['t0', 't1', 't2', 't3', 't4']);
  expect(store.collection('later').count()).toBe(0);
  const other = openStore();
  other.restore(image);
  expect(other.collection<Thing>('things').count({ owner: 'a' })).toBe(3);
});

test('a file store is found again', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'trueup-test-'));
  const file = path.join(folder, 'store.sqlite');
  const first = openStore({ file });
  first.collection<Thing>('things').put({ id: 'kept' });
  first.close();
  const second = openStore({ file });
  expect(second.collection<Thing>('things').get('kept')).toEqual({ id: 'kept' });
  second.clear();
  expect(second.collection('things').count()).toBe(0);
  second.close();
  rmSync(folder, { recursive: true });
});
