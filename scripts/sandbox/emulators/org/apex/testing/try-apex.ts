import { createClock } from '../../../core/clock.ts';
import type { Clock } from '../../../core/clock.ts';
import { billsFiles, writePackage } from '../../testing/bills-package.ts';
import { openTestOrg } from '../../testing/test-org.ts';
import type { TestOrg } from '../../testing/test-org.ts';
import { createApexRuntime } from '../index.ts';
import type { ApexRuntime, CalloutAnswer, CalloutRequest } from '../index.ts';

/** An org in memory with the package of bills and some classes, for tests of the interpreter. */
export interface TriedApex extends TestOrg {
  apex: ApexRuntime;
  callouts: CalloutRequest[];
  clock: Clock;
}

/** Classes by name; `answer` stands in for the network, `files` are more of the package. */
export function openApex(
  classes: Record<string, string>,
  answer: (request: CalloutRequest) => CalloutAnswer = () => ({ status: 200, statusText: 'OK', headers: {}, body: '{}' }),
  files: Record<string, string> = {},
): TriedApex {
  const sources = Object.fromEntries(Object.entries(classes).map(([name, source]) => [`classes/${name}.cls`, source]));
  const folder = writePackage({ ...billsFiles(), ...files, ...sources });
  const org = openTestOrg({ packageDirs: [folder] });
  const callouts: CalloutRequest[] = [];
  const callout = async (request: CalloutRequest): Promise<CalloutAnswer> => {
    callouts.push(request);
    return answer(request);
  };
  const clock = createClock();
  return { ...org, callouts, clock, apex: createApexRuntime({ packageDirs: [folder], data: org.data, clock, callout }) };
}

/** Methods of a class that give the text of each body's value, or of the exception it ends with. */
export function vectorClass(bodies: string[]): string {
  const methods = bodies.map(
    (body, index) => `
    static Object v${index}() { ${body} }
    @AuraEnabled public static String t${index}() {
        try { return String.valueOf(v${index}()); } catch (Exception e) { return e.getTypeName() + ': ' + e.getMessage(); }
    }`,
  );
  return `public with sharing class Vectors {
    public enum Season { SPRING, SUMMER }
    public interface Shape { Decimal area(); }
    public abstract class Named { public String name; public virtual String greet() { return 'I am ' + name; } public abstract String kind(); }
    public class Square extends Named implements Shape {
        private Decimal side;
        public Square(Decimal side) { this(side, 'square'); }
        public Square(Decimal side, String name) { this.side = side; this.name = name; }
        public Decimal area() { return side * side; }
        public override String greet() { return super.greet() + '!'; }
        public override String kind() { return 'shape'; }
    }
    public class Point { public Integer x; public Integer y; public String label; }
    public class Counter { public Integer total { get { if (total == null) { total = 10; } return total; } set { total = value * 2; } } }
    public class Broken extends Exception {}
    static Integer calls = 0;
    static Integer counted() { calls++; return calls; }
    static String pick(Integer v) { return 'integer'; }
    static String pick(Decimal v) { return 'decimal'; }
    static String pick(String v) { return 'string'; }
    static String pick(Object v) { return 'object'; }
${methods.join('\n')}
}`;
}
