import { expect, it } from 'vitest';
import { createLogger, withTrail } from './logger.ts';

it('writes the correlation id on every line and no token on any', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const failure = Object.assign(new Error('refused'), { config: { headers: { Authorization: 'Bearer hidden' } } });
  withTrail({ correlationId: 'c-1' }, () =>
    logger.info({ err: failure, headers: { authorization: 'Bearer hidden' }, context: { org: { accessToken: 'hidden' } } }, 'called'),
  );
  expect(lines.join('')).toContain('"correlationId":"c-1"');
  expect(lines.join('')).toContain('refused');
  expect(lines.join('')).not.toContain('hidden');
});
