import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { createRandom } from '../../../scripts/sandbox/index.ts';
import type { Dice } from './time.ts';

/** Choices of one seed. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Streams of one seed do not disturb each other: a call more in one leaves the others as they are. */
export function randomOf(seed: number, stream: string): Random {
  let hash = seed >>> 0;
  for (const letter of stream) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  const next = createRandom(hash);
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)] as never,
  };
}

/** Ids and tokens that the stand-ins and libraries draw come from the seed, so that the same seed gives the same trace. */
export function createDice(seed: number): Dice {
  const random = randomOf(seed, 'dice');
  const bytes = (size: number): Buffer => {
    const drawn = Buffer.alloc(size);
    for (let at = 0; at < size; at += 1) drawn[at] = random.between(0, 255);
    return drawn;
  };
  const uuid = () => {
    const hex = bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return {
    take() {
      const drawn = crypto as unknown as Record<'randomBytes' | 'randomUUID', unknown>;
      const kept = { randomBytes: drawn.randomBytes, randomUUID: drawn.randomUUID, random: Math.random };
      Object.assign(drawn, { randomBytes: bytes, randomUUID: uuid });
      syncBuiltinESMExports();
      Object.defineProperty(globalThis.crypto, 'randomUUID', { value: uuid, configurable: true });
      Math.random = random.next;
      return () => {
        Object.assign(drawn, { randomBytes: kept.randomBytes, randomUUID: kept.randomUUID });
        syncBuiltinESMExports();
        delete (globalThis.crypto as { randomUUID?: unknown }).randomUUID;
        Math.random = kept.random;
      };
    },
  };
}
