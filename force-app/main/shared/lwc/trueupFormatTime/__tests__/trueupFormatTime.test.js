import { formatAgo, formatDuration, secondsBetween } from 'c/trueupFormatTime';

describe('c-trueup-format-time', () => {
  it.each([
    [0, 'less than a minute ago'],
    [59, 'less than a minute ago'],
    [60, '1 minute ago'],
    [7199, '1 hour ago'],
    [200000, '2 days ago'],
  ])('says of %i seconds: %s', (seconds, text) => {
    expect(formatAgo(seconds)).toBe(text);
  });

  it.each([
    [-1, '0 sec'],
    [5, '5 sec'],
    [65, '1 min 5 sec'],
    [7200, '2 hr'],
    [93784, '1 day 2 hr'],
  ])('says how long %i seconds are: %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('measures between two moments', () => {
    expect(secondsBetween('2026-03-01T02:00:00.000Z', '2026-03-01T02:01:30.000Z')).toBe(90);
  });
});
