import path from 'node:path';
import type { PackageSource } from './source.ts';

/** What a flow sees of an Apex action. */
export interface Invocable {
  inputs: Set<string>;
  required: Set<string>;
  outputs: Set<string>;
}

const classFile = (source: PackageSource, name: string) =>
  source.files.find((file) => path.posix.basename(file).toLowerCase() === `${name.toLowerCase()}.cls`);

/** Apex without comments and text, so that words in them are not taken for code. Line breaks stay. */
export function apexCode(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'/g, (match) =>
    match.startsWith("'") ? "''" : match.replaceAll(/[^\n]/g, ' '),
  );
}

/** The class's action, if it has one. */
export function invocable(source: PackageSource, className: string): Invocable | undefined {
  const file = classFile(source, className);
  const code = file && apexCode(source.text(file));
  const method =
    code &&
    /@InvocableMethod\s*(?:\([^)]*\))?\s*(?:public|global)\s+static\s+(?:List<\s*([\w.]+)\s*>|\w+)\s+\w+\s*\(\s*List<\s*([\w.]+)\s*>/i.exec(
      code,
    );
  if (!code || !method) return undefined;
  const [, output = '', input = ''] = method;
  const inputs = variables(code, input);
  return {
    inputs: new Set(inputs.keys()),
    required: new Set([...inputs].filter(([, required]) => required).map(([name]) => name)),
    outputs: new Set(variables(code, output).keys()),
  };
}

/** The @InvocableVariables of an inner class: name to whether it must be given. */
function variables(code: string, className: string): Map<string, boolean> {
  const opening = new RegExp(String.raw`\bclass\s+${className.split('.').at(-1) ?? ''}\b[^{]*\{`, 'i').exec(code);
  if (!opening) return new Map();
  const body = code.slice(opening.index + opening[0].length).split('\n    }')[0] ?? '';
  return new Map(
    [...body.matchAll(/@InvocableVariable\s*(\([^)]*\))?\s*(?:public|global)\s+[\w<>.]+\s+(\w+)/gi)].map(([, options = '', name = '']) => [
      name,
      /required\s*=\s*true/i.test(options),
    ]),
  );
}

/** The @AuraEnabled static methods of a class; undefined when there is no such class. */
export function auraMethods(source: PackageSource, className: string): Set<string> | undefined {
  const file = classFile(source, className);
  if (!file) return undefined;
  const matches = apexCode(source.text(file)).matchAll(
    /@AuraEnabled\s*(?:\([^)]*\))?\s*(?:public|global)\s+static\s+[\w<>,.\s[\]]+?\s(\w+)\s*\(/gi,
  );
  return new Set([...matches].map(([, name = '']) => name));
}
