import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.ts';

it('shows nothing of itself in any form of output', () => {
  const secret = new Secret('sk_live_abc');
  const shown = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
    String(Object.entries(secret)),
    JSON.stringify(Object.assign({}, secret)),
  ];
  expect(shown.join(' ')).not.toContain('abc');
  expect(shown.slice(0, 3)).toEqual(['[redacted]', '{"secret":"[redacted]"}', '{ secret: [redacted] }']);
  expect(secret.reveal()).toBe('sk_live_abc');
});
