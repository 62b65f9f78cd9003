import { describe, expect, test } from 'vitest';
import { isSilent } from './silence.ts';

const NOW = Date.UTC(2026, 10, 24, 15);
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

describe('isSilent', () => {
  test.each([
    ['nothing happened and nothing came', { heardAt: ago(5_000), alone: 0, aloneFrom: null, aloneTo: null }, false],
    ['a sweep was faster, once', { heardAt: ago(300), alone: 6, aloneFrom: ago(90), aloneTo: ago(90) }, false],
    ['found alone, but one came since', { heardAt: ago(20), alone: 3, aloneFrom: ago(15), aloneTo: ago(5) }, false],
    ['found alone again and again', { heardAt: ago(120), alone: 2, aloneFrom: ago(100), aloneTo: ago(40) }, true],
    ['none ever came', { heardAt: null, alone: 9, aloneFrom: ago(100), aloneTo: ago(10) }, true],
    ['none ever came, for a short time', { heardAt: null, alone: 9, aloneFrom: ago(50), aloneTo: ago(10) }, false],
  ])('%s', (_title, heard, silent) => expect(isSilent(heard, NOW)).toBe(silent));
});
