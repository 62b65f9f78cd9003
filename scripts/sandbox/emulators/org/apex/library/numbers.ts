import { compareNumbers, fitsInteger, isNumber, toDecimal, toFloat, toLong, wrapInteger, wrapLong } from '../evaluate/numbers.ts';
import type { ApexNumber } from '../evaluate/numbers.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import { ROUNDING_MODES } from '../values/rounding.ts';
import type { RoundingMode } from '../values/rounding.ts';
import { ApexDouble } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { decimalArg, enumArg, integerArg } from './arguments.ts';
import type { MethodNative, NativeType } from './native.ts';

const roundingArg = (args: Value[], index: number): RoundingMode =>
  ROUNDING_MODES.find((mode) => mode === enumArg(args, index).name) ?? 'HALF_EVEN';

/** Groups of thousands, as a page in English shows a number. */
function formatted(value: ApexNumber): string {
  const [whole = '', fraction] = toDecimal(value).toString().split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const asInteger = (value: ApexNumber): number => wrapInteger(Number(BigInt.asIntN(32, toLong(value))));

const shared: Record<string, MethodNative> = {
  'format/0': (self: ApexNumber) => formatted(self),
  'intvalue/0': (self: ApexNumber) => asInteger(self),
  'longvalue/0': (self: ApexNumber) => wrapLong(toLong(self)),
  'doublevalue/0': (self: ApexNumber) => new ApexDouble(toFloat(self)),
};

const decimalMethods: Record<string, MethodNative> = {
  ...shared,
  'abs/0': (self: ApexDecimal) => self.absolute(),
  'divide/2': (self: ApexDecimal, args) => divided(self, args, 'HALF_EVEN'),
  'divide/3': (self: ApexDecimal, args) => divided(self, args, roundingArg(args, 2)),
  'pow/1': (self: ApexDecimal, args) => power(self, integerArg(args, 0)),
  'precision/0': (self: ApexDecimal) => self.precision,
  'round/0': (self: ApexDecimal) => self.withScale(0, 'HALF_EVEN').toInteger(),
  'round/1': (self: ApexDecimal, args) => self.withScale(0, roundingArg(args, 0)).toInteger(),
  'scale/0': (self: ApexDecimal) => self.scale,
  'setscale/1': (self: ApexDecimal, args) => self.withScale(integerArg(args, 0), 'HALF_EVEN'),
  'setscale/2': (self: ApexDecimal, args) => self.withScale(integerArg(args, 0), roundingArg(args, 1)),
  'striptrailingzeros/0': (self: ApexDecimal) => self.strippedTo(0),
  'toplainstring/0': (self: ApexDecimal) => self.toString(),
};

function divided(self: ApexDecimal, args: Value[], mode: RoundingMode): ApexDecimal {
  const divisor = decimalArg(args, 0);
  if (divisor.isZero()) throw systemException('MathException', 'Divide by 0');
  return self.dividedTo(divisor, integerArg(args, 1), mode);
}

function power(self: ApexDecimal, exponent: number): ApexDecimal {
  if (exponent < 0) throw systemException('MathException', 'Exponent must not be negative');
  let result = new ApexDecimal(1n);
  for (let count = 0; count < exponent; count += 1) result = result.times(self);
  return result;
}

function integerOf(value: Value | undefined): number {
  if (value === null || value === undefined) throw nullPointer();
  if (isNumber(value)) return asInteger(value);
  const text = String(value).trim();
  if (!/^[+-]?\d+$/.test(text) || !fitsInteger(BigInt(text))) throw systemException('TypeException', `Invalid integer: ${String(value)}`);
  return Number(text);
}

function longOf(value: Value | undefined): bigint {
  if (value === null || value === undefined) throw nullPointer();
  if (isNumber(value)) return wrapLong(toLong(value));
  if (!/^\s*[+-]?\d+\s*$/.test(String(value))) throw systemException('TypeException', `Invalid long: ${String(value)}`);
  return BigInt(String(value).trim());
}

function decimalOf(value: Value | undefined): ApexDecimal {
  if (value === null || value === undefined) throw nullPointer();
  if (isNumber(value)) return toDecimal(value);
  const parsed = ApexDecimal.parse(String(value));
  if (!parsed) throw systemException('TypeException', `Invalid decimal: ${String(value)}`);
  return parsed;
}

export const numberTypes: NativeType[] = [
  {
    name: 'Integer',
    statics: { 'valueof/1': (args) => integerOf(args[0]) },
    methods: shared,
    constants: { max_value: () => 2147483647, min_value: () => -2147483648 },
  },
  { name: 'Long', statics: { 'valueof/1': (args) => longOf(args[0]) }, methods: shared },
  { name: 'Decimal', statics: { 'valueof/1': (args) => decimalOf(args[0]) }, methods: decimalMethods },
  {
    name: 'Double',
    statics: { 'valueof/1': (args) => new ApexDouble(decimalOf(args[0]).toNumber()) },
    methods: { ...shared, 'round/0': (self: ApexDouble) => toDecimal(self).withScale(0, 'HALF_EVEN').toInteger() },
  },
  {
    name: 'Boolean',
    statics: { 'valueof/1': (args) => (typeof args[0] === 'boolean' ? args[0] : String(args[0]).toLowerCase() === 'true') },
  },
  {
    name: 'Math',
    statics: {
      'abs/1': (args) => absolute(args[0]),
      'ceil/1': (args) => new ApexDecimal(decimalArg(args, 0).withScale(0, 'CEILING').toInteger()),
      'floor/1': (args) => new ApexDecimal(decimalArg(args, 0).withScale(0, 'FLOOR').toInteger()),
      'max/2': (args) => pick(args, 1),
      'min/2': (args) => pick(args, -1),
      'mod/2': (args) => remainder(args),
      'pow/2': (args) => new ApexDouble(Math.pow(toFloat(decimalArg(args, 0)), toFloat(decimalArg(args, 1)))),
      'random/0': () => new ApexDouble(Math.random()),
      'round/1': (args) => asInteger(decimalArg(args, 0).withScale(0, 'HALF_EVEN')),
      'roundtolong/1': (args) => decimalArg(args, 0).withScale(0, 'HALF_EVEN').toInteger(),
      'signum/1': (args) => new ApexDecimal(BigInt(decimalArg(args, 0).compare(new ApexDecimal(0n)))),
    },
  },
];

function absolute(value: Value | undefined): Value {
  if (value === null || value === undefined || !isNumber(value)) throw nullPointer();
  if (value instanceof ApexDecimal) return value.absolute();
  if (value instanceof ApexDouble) return new ApexDouble(Math.abs(value.value));
  return value < 0 ? -value : value;
}

/** The wider type of the two is the result's. */
function pick(args: Value[], sign: 1 | -1): Value {
  const [left, right] = [args[0] ?? null, args[1] ?? null];
  if (!isNumber(left) || !isNumber(right)) throw nullPointer();
  const chosen = compareNumbers(left, right) * sign >= 0 ? left : right;
  return left instanceof ApexDecimal || right instanceof ApexDecimal ? toDecimal(chosen) : chosen;
}

function remainder(args: Value[]): Value {
  const [left, right] = [args[0] ?? null, args[1] ?? null];
  if (!isNumber(left) || !isNumber(right)) throw nullPointer();
  if (toLong(right) === 0n) throw systemException('MathException', 'Divide by 0');
  const rest = toLong(left) % toLong(right);
  return typeof left === 'number' && typeof right === 'number' ? Number(rest) : rest;
}
