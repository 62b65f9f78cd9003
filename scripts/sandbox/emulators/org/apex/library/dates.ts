import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { formatMoment, momentAt, partsIn } from '../values/date-format.ts';
import { systemException } from '../values/exceptions.ts';
import type { Run } from '../evaluate/run.ts';
import type { Value } from '../values/value.ts';
import { dateArg, datetimeArg, integerArg, textArg, timeArg } from './arguments.ts';
import { timeZoneOf } from './current-user.ts';
import type { MethodNative, NativeType } from './native.ts';

const DAY_MS = 86_400_000;
const GMT = 'GMT';

/** The acting user's day at a moment. */
function dayOf(ms: number, timeZone: string): ApexDate {
  const { year, month, day } = partsIn(ms, timeZone);
  return ApexDate.of(year, month, day);
}

export const today = (run: Run): ApexDate => dayOf(run.org.clock.now(), timeZoneOf(run));

function invalid(kind: string, text: string): Error {
  return systemException('TypeException', `Invalid ${kind}: ${text}`);
}

function dateOf(value: Value | undefined, run: Run): ApexDate {
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) return dayOf(value.ms, timeZoneOf(run));
  const parsed = ApexDate.parse(String(value));
  if (!parsed) throw invalid('date', String(value));
  return parsed;
}

/** `2026-01-31 10:00:00` on the zone's clocks. */
function momentOf(text: string, timeZone: string): ApexDatetime {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(text);
  if (!match) throw invalid('date/time', text);
  return new ApexDatetime(momentAt(Date.parse(`${match[1]}T${match[2]}Z`), timeZone));
}

const DAYS_IN = (year: number, month: number): number => ApexDate.of(year, month + 1, 0).day;

function built(args: Value[], timeZone: string): ApexDatetime {
  if (args[0] instanceof ApexDate) return new ApexDatetime(momentAt(args[0].days * DAY_MS + timeArg(args, 1).ms, timeZone));
  const [year, month, day] = [integerArg(args, 0), integerArg(args, 1), integerArg(args, 2)];
  const [hour, minute, second] = args.length > 3 ? [integerArg(args, 3), integerArg(args, 4), integerArg(args, 5)] : [0, 0, 0];
  return new ApexDatetime(momentAt(Date.UTC(year, month - 1, day, hour, minute, second), timeZone));
}

const shiftDays = (self: ApexDatetime, days: number): ApexDatetime => new ApexDatetime(self.ms + days * DAY_MS);

function shiftMonths(self: ApexDatetime, months: number): ApexDatetime {
  const date = new ApexDate(Math.floor(self.ms / DAY_MS)).plusMonths(months);
  return new ApexDatetime(date.days * DAY_MS + (((self.ms % DAY_MS) + DAY_MS) % DAY_MS));
}

const dateMethods: Record<string, MethodNative> = {
  'adddays/1': (self: ApexDate, args) => self.plusDays(integerArg(args, 0)),
  'addmonths/1': (self: ApexDate, args) => self.plusMonths(integerArg(args, 0)),
  'addyears/1': (self: ApexDate, args) => self.plusMonths(12 * integerArg(args, 0)),
  'day/0': (self: ApexDate) => self.day,
  'daysbetween/1': (self: ApexDate, args) => dateArg(args, 0).days - self.days,
  'format/0': (self: ApexDate) => `${self.month}/${self.day}/${self.year}`,
  'issameday/1': (self: ApexDate, args) => self.days === dateArg(args, 0).days,
  'month/0': (self: ApexDate) => self.month,
  'monthsbetween/1': (self: ApexDate, args) => (dateArg(args, 0).year - self.year) * 12 + dateArg(args, 0).month - self.month,
  'tostartofmonth/0': (self: ApexDate) => ApexDate.of(self.year, self.month, 1),
  'tostartofweek/0': (self: ApexDate) => self.plusDays(-((((self.days + 4) % 7) + 7) % 7)),
  'year/0': (self: ApexDate) => self.year,
};

const datetimeMethods: Record<string, MethodNative> = {
  'adddays/1': (self: ApexDatetime, args) => shiftDays(self, integerArg(args, 0)),
  'addhours/1': (self: ApexDatetime, args) => new ApexDatetime(self.ms + integerArg(args, 0) * 3_600_000),
  'addminutes/1': (self: ApexDatetime, args) => new ApexDatetime(self.ms + integerArg(args, 0) * 60_000),
  'addmonths/1': (self: ApexDatetime, args) => shiftMonths(self, integerArg(args, 0)),
  'addseconds/1': (self: ApexDatetime, args) => new ApexDatetime(self.ms + integerArg(args, 0) * 1000),
  'addyears/1': (self: ApexDatetime, args) => shiftMonths(self, 12 * integerArg(args, 0)),
  'date/0': (self: ApexDatetime, _args, run) => dayOf(self.ms, timeZoneOf(run)),
  'dategmt/0': (self: ApexDatetime) => dayOf(self.ms, GMT),
  'day/0': (self: ApexDatetime, _args, run) => partsIn(self.ms, timeZoneOf(run)).day,
  'format/0': (self: ApexDatetime, _args, run) => formatMoment(self.ms, 'M/d/yyyy, h:mm a', timeZoneOf(run)),
  'format/1': (self: ApexDatetime, args, run) => formatMoment(self.ms, textArg(args, 0), timeZoneOf(run)),
  'format/2': (self: ApexDatetime, args) => formatMoment(self.ms, textArg(args, 0), textArg(args, 1)),
  'formatgmt/1': (self: ApexDatetime, args) => formatMoment(self.ms, textArg(args, 0), GMT),
  'gettime/0': (self: ApexDatetime) => BigInt(Math.trunc(self.ms)),
  'hour/0': (self: ApexDatetime, _args, run) => partsIn(self.ms, timeZoneOf(run)).hour,
  'hourgmt/0': (self: ApexDatetime) => partsIn(self.ms, GMT).hour,
  'issameday/1': (self: ApexDatetime, args, run) =>
    dayOf(self.ms, timeZoneOf(run)).days === dayOf(datetimeArg(args, 0).ms, timeZoneOf(run)).days,
  'minute/0': (self: ApexDatetime) => partsIn(self.ms, GMT).minute,
  'month/0': (self: ApexDatetime, _args, run) => partsIn(self.ms, timeZoneOf(run)).month,
  'second/0': (self: ApexDatetime) => partsIn(self.ms, GMT).second,
  'timegmt/0': (self: ApexDatetime) => new ApexTime(self.ms % DAY_MS),
  'year/0': (self: ApexDatetime, _args, run) => partsIn(self.ms, timeZoneOf(run)).year,
};

export const dateTypes: NativeType[] = [
  {
    name: 'Date',
    methods: dateMethods,
    statics: {
      'daysinmonth/2': (args) => DAYS_IN(integerArg(args, 0), integerArg(args, 1)),
      'isleapyear/1': (args) => DAYS_IN(integerArg(args, 0), 2) === 29,
      'newinstance/3': (args) => ApexDate.of(integerArg(args, 0), integerArg(args, 1), integerArg(args, 2)),
      'parse/1': (args) => parsedDate(textArg(args, 0)),
      'today/0': (_args, run) => today(run),
      'valueof/1': (args, run) => dateOf(args[0], run),
    },
  },
  {
    name: 'Datetime',
    methods: datetimeMethods,
    statics: {
      'newinstance/1': (args) => new ApexDatetime(Number(args[0])),
      'newinstance/2': (args, run) => built(args, timeZoneOf(run)),
      'newinstance/3': (args, run) => built(args, timeZoneOf(run)),
      'newinstance/6': (args, run) => built(args, timeZoneOf(run)),
      'newinstancegmt/2': (args) => built(args, GMT),
      'newinstancegmt/3': (args) => built(args, GMT),
      'newinstancegmt/6': (args) => built(args, GMT),
      'now/0': (_args, run) => new ApexDatetime(run.org.clock.now()),
      'valueof/1': (args, run) => (args[0] instanceof ApexDatetime ? args[0] : momentOf(textArg(args, 0), timeZoneOf(run))),
      'valueofgmt/1': (args) => momentOf(textArg(args, 0), GMT),
    },
  },
  {
    name: 'Time',
    methods: {
      'hour/0': (self: ApexTime) => Math.floor(self.ms / 3_600_000),
      'minute/0': (self: ApexTime) => Math.floor(self.ms / 60_000) % 60,
      'second/0': (self: ApexTime) => Math.floor(self.ms / 1000) % 60,
    },
    statics: {
      'newinstance/4': (args) =>
        new ApexTime(((integerArg(args, 0) * 60 + integerArg(args, 1)) * 60 + integerArg(args, 2)) * 1000 + integerArg(args, 3)),
    },
  },
];

/** As a person in the United States writes a date. */
function parsedDate(text: string): ApexDate {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (!match) throw invalid('date', text);
  return ApexDate.of(Number(match[3]), Number(match[1]), Number(match[2]));
}
