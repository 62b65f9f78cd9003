import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Store } from './collection.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { openStore } from './store.ts';

interface Thing {
  id: string;
  owner?: string | null;
  paid?: boolean;
  rank?: number;
}

function things(open: () => Store) {
  const store = open();
  const collection = store.collection<Thing>('things', { indexes: ['owner'] });
  for (const [index, owner] of ['a', 'b', 'a', null, 'a'].entries())
    collection.put({ id: `t${index}`, owner, paid: index % 2 === 0, rank: 9 - index });
  return { store, collection };
}

describe.each<[string, () => Store]>([
  ['in memory', () => openStore()],
  ['over SQLite', () => openSqliteStore(':memory:')],
])('a store %s', (_name, open) => {
  test('keeps insertion order, also after a replacement', () => {
    const { collection } = things(open);
    collection.put({ id: 't0', owner: 'a', paid: true, rank: 1 });
    expect(collection.all().map((thing) => thing.id)).toEqual(['t0', 't1', 't2', 't3', 't4']);
    expect(collection.get('t0')?.rank).toBe(1);
    expect(collection.get('none')).toBeUndefined();
  });

  test('finds by fields, null and booleans included, with order, limit and cursor', () => {
    const { collection } = things(open);
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
    const { collection } = things(open);
    expect(() => collection.where({ "x') OR 1=1 --": 1 } as never)).toThrow('cannot be searched');
  });

  test('a throw undoes the whole transaction, a nested one only its own part', () => {
    const { store, collection } = things(open);
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
    const { store, collection } = things(open);
    const image = store.snapshot();
    collection.delete('t0');
    store.collection<Thing>('later').put({ id: 'x' });
    store.restore(image);
    expect(collection.all().map((thing) => thing.id)).toEqual(['t0', 't1', 't2', 't3', 't4']);
    expect(store.collection('later').count()).toBe(0);
    const other = open();
    other.restore(image);
    expect(other.collection<Thing>('things').count({ owner: 'a' })).toBe(3);
  });

  test('what is taken back is in its old place, and found by its old fields', () => {
    const { store, collection } = things(open);
    expect(() =>
      store.transaction(() => {
        collection.put({ id: 't0', owner: 'b' });
        collection.delete('t2');
        collection.put({ id: 't2', owner: 'c' });
        collection.put({ id: 't9', owner: 'a' });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(collection.where({ owner: 'a' }).map((thing) => thing.id)).toEqual(['t0', 't2', 't4']);
    expect(collection.all().map((thing) => thing.id)).toEqual(['t0', 't1', 't2', 't3', 't4']);
    expect(collection.count({ owner: 'c' })).toBe(0);
  });

  test('holds JSON: what is undefined is gone, and what its giver changes later is not changed here', () => {
    const { collection } = things(open);
    const given = { id: 't5', owner: undefined, paid: true, rank: 1 };
    collection.put(given as unknown as Thing);
    given.rank = 2;
    expect(collection.get('t5')).toStrictEqual({ id: 't5', paid: true, rank: 1 });
    expect(collection.where({ owner: null }).map((thing) => thing.id)).toEqual(['t3', 't5']);
  });

  test('sorts nothing first, then numbers, then text; a cursor skips what has nothing to compare', () => {
    const collection = open().collection<{ id: string; key?: unknown }>('mixed');
    for (const [index, key] of ['b', 10, undefined, 'B', 9, true].entries()) collection.put({ id: `m${index}`, key });
    const ids = (options: object) => collection.where({}, { orderBy: 'key', ...options }).map((each) => each.id);
    expect(ids({})).toEqual(['m2', 'm5', 'm4', 'm1', 'm3', 'm0']);
    expect(ids({ desc: true, after: 'm1' })).toEqual(['m4', 'm5']);
    expect(ids({ after: 'm2' })).toEqual([]);
  });
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
