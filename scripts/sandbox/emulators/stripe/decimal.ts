/** An exact decimal: `units / 10^scale`. */
interface Decimal {
  units: bigint;
  scale: number;
}

function parse(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a decimal.`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** Product of two decimal strings, rounded once to a whole number, ties away from zero. */
export function multiplyToInteger(a: string, b: string): number {
  const x = parse(a);
  const y = parse(b);
  const units = x.units * y.units;
  const unit = 10n ** BigInt(x.scale + y.scale);
  const size = units < 0n ? -units : units;
  const rounded = (size * 2n + unit) / (unit * 2n);
  return Number(units < 0n ? -rounded : rounded);
}

/** Without trailing zeros: "2.50" is "2.5", "3.000" is "3". */
export function trimDecimal(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** The whole part, as an integer. */
export function truncateDecimal(text: string): number {
  return Number(text.split('.', 1)[0]);
}
