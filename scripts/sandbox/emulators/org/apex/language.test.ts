import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApex, vectorClass } from './testing/try-apex.ts';
import type { TriedApex } from './testing/try-apex.ts';

/** A body that returns a value, and that value as String.valueOf shows it. */
const VECTORS: Record<string, [body: string, text: string][]> = {
  'integers and longs': [
    ['return 7 / 2;', '3'],
    ['return -7 / 2;', '-3'],
    ['return 2147483647 + 1;', '-2147483648'],
    ['return 65536 * 65536;', '0'],
    ['Long big = 2147483647; return big + 1;', '2147483648'],
    ['return 9223372036854775807L + 1;', '-9223372036854775808'],
    ['return Math.mod(-7, 3);', '-1'],
    ['return 1 / 0;', 'System.MathException: Divide by 0'],
    ["return Integer.valueOf('12a');", 'System.TypeException: Invalid integer: 12a'],
    ['return (5 & 3) + (5 | 3) + (5 ^ 3) + (1 << 4) + (-16 >> 2) + (-1 >>> 31);', '27'],
    ['Integer i = 5; Integer j = i++ + ++i; return j * 100 + i;', '1207'],
    ['Integer i = null; return i + 1;', 'System.NullPointerException: Attempt to de-reference a null object'],
    ['Integer i = 1; i += 2; i *= 5; i -= 3; i /= 4; return i;', '3'],
  ],
  decimals: [
    ['return 0.1 + 0.2;', '0.3'],
    ['return 1.0 / 3;', '0.3333333333333333333333333333333333'],
    ['return 10.00 / 4;', '2.50'],
    ['return 1.10 * 3;', '3.30'],
    ['Decimal d = 2.5; return d.setScale(0);', '2'],
    ['Decimal d = 2.5; return d.setScale(0, RoundingMode.HALF_UP);', '3'],
    ['Decimal d = 1.005; return d.setScale(2, System.RoundingMode.HALF_UP);', '1.01'],
    ['Decimal d = -1.5; return d.round();', '-2'],
    ['Decimal d = 12345.678; return d.scale() + d.precision();', '11'],
    ['Decimal d = 100; return d.divide(3, 2);', '33.33'],
    ['Decimal d = 1234567.5; return d.format();', '1,234,567.5'],
    ['Decimal d = 1.20; return d == 1.2;', 'true'],
    ['Decimal d = 5; return d instanceof Integer;', 'false'],
    ['Decimal d = 3.7; return d.intValue();', '3'],
    ["return Decimal.valueOf('19.99') * 100;", '1999.00'],
    ['Decimal d = 1.005; return d.setScale(2, RoundingMode.UNNECESSARY);', 'System.MathException: Rounding necessary'],
    ['Double d = 1; return d;', '1.0'],
    ['return Math.max(1, 2.5);', '2.5'],
    ['return Math.round(2.5) + Math.round(3.5);', '6'],
  ],
  text: [
    ["return 'ABC' == 'abc';", 'true'],
    ["return 'ABC'.equals('abc');", 'false'],
    ["String s; return s + 'x';", 'nullx'],
    ["return 'total: ' + 1.50 + ', ' + true + ', ' + null;", 'total: 1.50, true, null'],
    ["return 'a,b,,'.split(',').size();", '2'],
    ["return 'a.b'.split('\\\\.')[1];", 'b'],
    ["return String.join(new List<Integer>{ 1, 2 }, '-');", '1-2'],
    ["return String.format('{0} isn\\'t {1}', new List<String>{ 'A', 'B' });", 'A isnt {1}'],
    ["return String.format('{0} isn\\'\\'t {1}', new List<Object>{ 'A', 1.5 });", "A isn't 1.5"],
    ["return 'abc'.substring(1, 9);", 'System.StringException: Ending position out of bounds: 9'],
    ["return 'invoice'.capitalize().left(3) + 'x'.repeat(2) + '7'.leftPad(3, '0');", 'Invxx007'],
    ["return String.isBlank('  ') && String.isNotBlank('x') && String.isEmpty('');", 'true'],
    ["return 'a1b2'.replaceAll('[0-9]', '#');", 'a#b#'],
    ["return String.escapeSingleQuotes('O\\'Neil');", "O\\'Neil"],
    ["Pattern p = Pattern.compile('(\\\\d+)-(\\\\d+)'); Matcher m = p.matcher('12-34'); m.matches(); return m.group(2);", '34'],
  ],
  collections: [
    ['return new List<Integer>{ 3, 1, 2 };', '(3, 1, 2)'],
    ['List<Integer> l = new List<Integer>{ 3, 1, 2 }; l.sort(); return l;', '(1, 2, 3)'],
    ['return new List<Integer>()[0];', 'System.ListException: List index out of bounds: 0'],
    ['List<Decimal> l = new List<Decimal>(); l.add(1); return l[0] instanceof Decimal;', 'true'],
    ["return new Set<String>{ 'a', 'A', 'a' }.size();", '2'],
    ["Map<String, Integer> m = new Map<String, Integer>{ 'b' => 1, 'a' => 2 }; m.put('b', 3); return m;", '{b=3, a=2}'],
    ["return new Map<String, Integer>().get('x');", 'null'],
    ["Map<Decimal, String> m = new Map<Decimal, String>{ 1.0 => 'one' }; return m.get(1);", 'one'],
    ['Integer[] a = new Integer[2]; a[1] = 5; return a;', '(null, 5)'],
    ['Integer sum = 0; for (Integer i : new Set<Integer>{ 1, 2, 3 }) { if (i == 2) { continue; } sum += i; } return sum;', '4'],
    ['return new List<Integer>{ 1, 2 } == new List<Integer>{ 1, 2 };', 'true'],
    [
      'List<Object> l = new List<Object>{ 1 }; return (List<String>) l;',
      'System.TypeException: Invalid conversion from runtime type List<Object> to List<String>',
    ],
  ],
  control: [
    ["switch on 3 { when 1, 2 { return 'low'; } when 3 { return 'three'; } when else { return 'other'; } }", 'three'],
    ['switch on Season.SUMMER { when SPRING { return 1; } when SUMMER { return 2; } } return 0;', '2'],
    ["Object o = 'text'; switch on o { when Integer i { return 'int'; } when String s { return s + '!'; } } return null;", 'text!'],
    ["String s = null; switch on s { when null { return 'null'; } when else { return 'else'; } }", 'null'],
    ['Integer n = 0; do { n++; } while (n < 3); while (true) { if (n > 5) { break; } n++; } return n;', '6'],
    [
      "String log = ''; try { log += 'a'; throw new Broken('b'); } catch (Broken e) { log += e.getMessage(); } finally { log += 'c'; } return log;",
      'abc',
    ],
    ["try { return 'try'; } finally { calls = 99; }", 'try'],
    ['Integer i = 1; Boolean b = i > 1 && counted() > 0; return counted();', '1'],
    ['Point p; return p?.label?.length() ?? -1;', '-1'],
    ['Point p; return p?.label.length();', 'null'],
    ['Point p; return p.label;', 'System.NullPointerException: Attempt to de-reference a null object'],
    ['Integer x = null; return x < 5 || x > 5;', 'false'],
    ['return true ? 1 : 2;', '1'],
  ],
  classes: [
    ['Named n = new Square(3); return n.greet() + n.kind() + ((Shape) n).area();', 'I am square!shape9'],
    ['Object o = new Square(1); return o instanceof Shape && o instanceof Named && !(o instanceof Point);', 'true'],
    ['Object o = new Point(); return (Square) o;', 'System.TypeException: Invalid conversion from runtime type Vectors.Point to Square'],
    ['Counter c = new Counter(); Integer first = c.total; c.total = 4; return first * 100 + c.total;', '1008'],
    ['Point p = new Point(); p.X = 1; p.y = P.x + 1; return p;', 'Point:[x=1, y=2, label=null]'],
    ["return pick(1) + pick(1.5) + pick('a') + pick(true);", 'integerdecimalstringobject'],
    ["return Season.values()[1].name() + Season.SUMMER.ordinal() + Season.valueOf('SPRING');", 'SUMMER1SPRING'],
    [
      "return ((Shape) Type.forName('Vectors.Point').newInstance()).area();",
      'System.TypeException: Invalid conversion from runtime type Vectors.Point to Shape',
    ],
    ["Broken b = new Broken('outer', new Broken('inner')); return b.getCause().getMessage();", 'inner'],
    ['return new Broken().getMessage();', 'Script-thrown exception'],
    ["throw new Broken('custom');", 'Vectors.Broken: custom'],
    [
      "try { throw new AuraHandledException('for the page'); } catch (AuraHandledException e) { return e.getMessage(); }",
      'Script-thrown exception',
    ],
    ["AuraHandledException e = new AuraHandledException('x'); e.setMessage('y'); return e.getMessage();", 'y'],
  ],
  dates: [
    ['return Date.newInstance(2026, 1, 31).addMonths(1);', '2026-02-28'],
    ['return Date.newInstance(2026, 3, 1).daysBetween(Date.newInstance(2026, 2, 1));', '-28'],
    ["return Date.valueOf('2026-02-30');", 'System.TypeException: Invalid date: 2026-02-30'],
    ["return Datetime.newInstanceGmt(2026, 7, 1, 12, 0, 0).format('yyyy-MM-dd HH:mm', 'America/New_York');", '2026-07-01 08:00'],
    ['return Datetime.newInstance(2026, 1, 1, 0, 0, 0).getTime();', '1767243600000'],
    ['return Date.newInstance(2026, 1, 1) + 5;', '2026-01-06'],
    ['return Date.newInstance(2026, 1, 1) < Date.newInstance(2026, 1, 2);', 'true'],
    ['Datetime t = Datetime.newInstanceGmt(2026, 1, 1, 5, 0, 0); return t;', '2026-01-01 00:00:00'],
  ],
  json: [
    [
      "return JSON.serialize(new Map<String, Object>{ 'a' => 1.50, 'b' => null, 'c' => Date.newInstance(2026, 1, 2) });",
      '{"a":1.50,"b":null,"c":"2026-01-02"}',
    ],
    ['Point p = (Point) JSON.deserialize(\'{"x": 3, "label": "q", "z": 1}\', Point.class); return p.x + p.label + p.y;', '3qnull'],
    ['return ((List<Point>) JSON.deserialize(\'[{"x":1},{"x":2}]\', List<Point>.class))[1].x;', '2'],
    ['return JSON.deserializeUntyped(\'{"a":[1,2.5,"x",true,null,12345678901]}\');', '{a=(1, 2.5, x, true, null, 12345678901)}'],
    ["return JSON.deserializeUntyped('{');", 'System.JSONException: Unexpected end-of-input at input location [1,2]'],
    ["return ((Map<String, Object>) JSON.deserializeUntyped('{\"n\":1}')).get('n') instanceof Integer;", 'true'],
    ['Point p = new Point(); p.x = 1; return JSON.serialize(p, true);', '{"x":1}'],
  ],
  'ids and schema': [
    ["return Id.valueOf('001000000000001');", '001000000000001AAA'],
    ["return Id.valueOf('nonsense');", 'System.StringException: Invalid id: nonsense'],
    ["Id a = '001000000000001AAA'; return a == '001000000000001';", 'true'],
    ["Id a = '001000000000001AAA'; return a.getSObjectType().getDescribe().getName();", 'Account'],
    ['return Bill__c.SObjectType.getDescribe().getLabelPlural() + Bill__c.Due__c.getDescribe().getName();', 'BillsDue__c'],
    ["return Schema.getGlobalDescribe().get('bill__c').newSObject() instanceof Bill__c;", 'true'],
    ["return Schema.SObjectType.Account.fields.getMap().containsKey('Name');", 'true'],
  ],
  encoding: [
    ["return EncodingUtil.base64Encode(Blob.valueOf('hi'));", 'aGk='],
    ["return EncodingUtil.convertToHex(Crypto.generateDigest('SHA-256', Blob.valueOf('a'))).left(8);", 'ca978112'],
    ["return EncodingUtil.urlEncode('a b&c', 'UTF-8');", 'a+b%26c'],
    ['return UUID.randomUUID().toString().length();', '36'],
  ],
};

const ALL = Object.entries(VECTORS).flatMap(([group, list]) => list.map(([body, text]) => ({ group, body, text })));

describe('the Apex language', () => {
  let org: TriedApex;
  beforeAll(() => {
    org = openApex({ Vectors: vectorClass(ALL.map((one) => one.body)) });
  });
  afterAll(() => org.close());

  it('finds nothing to refuse', () => {
    expect(org.apex.check().map((one) => `${one.line}: ${one.message}`)).toEqual([]);
  });

  it.each(ALL.map((one, index) => ({ ...one, index })))('$group: $body', async ({ index, text }) => {
    expect(await org.apex.invokeAura('Vectors', `t${index}`, {}, org.users.rep)).toBe(text);
  });
});
