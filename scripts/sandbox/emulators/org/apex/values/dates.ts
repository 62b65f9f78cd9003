import { ApexObject } from './value.ts';

const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** A calendar day, as days since 1970-01-01. Apex's Date. */
export class ApexDate extends ApexObject {
  readonly typeName = 'Date';
  readonly days: number;

  constructor(days: number) {
    super();
    this.days = days;
  }

  override key(): unknown {
    return `d:${this.days}`;
  }

  /** Months count from 1; overflow rolls over, as Date.newInstance does. */
  static of(year: number, month: number, day: number): ApexDate {
    return new ApexDate(Math.floor(Date.UTC(year, month - 1, day) / DAY_MS));
  }

  /** Parses `2026-01-31`, with anything after it ignored; undefined when it is no date. */
  static parse(text: string): ApexDate | undefined {
    const match = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text.trim());
    if (!match) return undefined;
    const date = ApexDate.of(Number(match[1]), Number(match[2]), Number(match[3]));
    return date.month === Number(match[2]) ? date : undefined;
  }

  private get utc(): Date {
    return new Date(this.days * DAY_MS);
  }

  get year(): number {
    return this.utc.getUTCFullYear();
  }

  get month(): number {
    return this.utc.getUTCMonth() + 1;
  }

  get day(): number {
    return this.utc.getUTCDate();
  }

  plusDays(days: number): ApexDate {
    return new ApexDate(this.days + days);
  }

  /** Keeps the day of month, or the last one of a shorter month. */
  plusMonths(months: number): ApexDate {
    const first = ApexDate.of(this.year, this.month + months, 1);
    const length = ApexDate.of(first.year, first.month + 1, 0).day;
    return ApexDate.of(first.year, first.month, Math.min(this.day, length));
  }

  override toString(): string {
    return `${String(this.year).padStart(4, '0')}-${two(this.month)}-${two(this.day)}`;
  }
}

/** A moment, in milliseconds since the epoch. Apex's Datetime. */
export class ApexDatetime extends ApexObject {
  readonly typeName = 'Datetime';
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }

  override key(): unknown {
    return `t:${this.ms}`;
  }

  static parseIso(text: string): ApexDatetime | undefined {
    const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(ms) ? undefined : new ApexDatetime(ms);
  }

  toIso(): string {
    return new Date(this.ms).toISOString();
  }

  /** As String.valueOf in GMT: `2026-01-31 10:00:00`. */
  override toString(): string {
    return this.toIso().slice(0, 19).replace('T', ' ');
  }
}

/** A time of day, in milliseconds since midnight. Apex's Time. */
export class ApexTime extends ApexObject {
  readonly typeName = 'Time';
  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  }

  override key(): unknown {
    return `c:${this.ms}`;
  }

  override toString(): string {
    return `${new Date(this.ms).toISOString().slice(11, 23)}Z`;
  }
}
