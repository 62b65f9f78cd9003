/**
 * Spreads `total` minor units over lines by weight, so that the shares add up exactly and none is off by a unit or more.
 * `step`: shares are multiples of it where `total` is (three-decimal currencies). All weights zero: the first line bears it.
 */
export function spread(total: number, weights: readonly number[], step = 1): number[] {
  if (weights.length === 0) {
    if (total !== 0) throw new Error('An amount cannot be spread over no lines.');
    return [];
  }
  const unit = total % step === 0 ? step : 1;
  const units = BigInt(total / unit);
  const magnitudes = weights.map((weight) => BigInt(Math.abs(weight)));
  const whole = magnitudes.reduce((all, weight) => all + weight, 0n);
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : 0));

  const sign = units < 0n ? -1n : 1n;
  const shares = magnitudes.map((weight) => (units * sign * weight) / whole);
  let left = Number(units * sign - shares.reduce((all, share) => all + share, 0n));
  const byRemainder = magnitudes
    .map((weight, index) => ({ index, remainder: (units * sign * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder) {
    if (left-- <= 0) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
  }
  return shares.map((share) => Number(share * sign) * unit);
}
