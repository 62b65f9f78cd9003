import { formatLabel } from 'c/trueupFormatLabel';

describe('c-trueup-format-label', () => {
  it('fills the places by their number', () => {
    expect(formatLabel('{1} of {0}, {1}', 5, 'two')).toBe('two of 5, two');
  });

  it('leaves a place without a text as it is', () => {
    expect(formatLabel('Invoice {0}')).toBe('Invoice {0}');
  });

  it('shows zero', () => {
    expect(formatLabel('{0} left', 0)).toBe('0 left');
  });
});
