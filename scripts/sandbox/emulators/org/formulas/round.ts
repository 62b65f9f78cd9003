/** Half away from zero at `scale` places, on the number as written, so that 1.005 becomes 1.01. */
export function roundTo(value: number, scale: number): number {
  const [digits, exponent = '0'] = Math.abs(value).toString().split('e');
  const rounded = Math.round(Number(`${digits ?? '0'}e${String(Number(exponent) + scale)}`));
  const [back, power = '0'] = rounded.toString().split('e');
  return Math.sign(value) * Number(`${back ?? '0'}e${String(Number(power) - scale)}`);
}
