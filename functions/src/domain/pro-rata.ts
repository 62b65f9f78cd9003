/**
 * The share of `total` that falls on each part, in proportion to the parts, which may be negative (a rebate line): shares add
 * up exactly, and none is off by a unit or more (largest remainder). `step`: shares are multiples of it where `total` is.
 */
export function proRata(total: number, parts: readonly number[], step = 1): number[] {
  const whole = parts.reduce((all, part) => all + BigInt(part), 0n);
  if (whole <= 0n) {
    if (total !== 0) throw new Error('An amount cannot be spread over parts that add up to nothing.');
    return parts.map(() => 0);
  }
  const unit = total % step === 0 ? step : 1;
  const units = BigInt(total / unit);
  const exact = parts.map((part) => units * BigInt(part));
  const floors = exact.map((value) => floorDiv(value, whole));
  let left = Number(units - floors.reduce((all, share) => all + share, 0n));
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - (floors[index] ?? 0n) * whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder) {
    if (left-- <= 0) break;
    floors[index] = (floors[index] ?? 0n) + 1n;
  }
  return floors.map((share) => Number(share) * unit);
}

/** BigInt division cuts towards zero; shares of negative parts must be rounded down for the remainders to be positive. */
function floorDiv(value: bigint, by: bigint): bigint {
  const cut = value / by;
  return value % by < 0n ? cut - 1n : cut;
}
