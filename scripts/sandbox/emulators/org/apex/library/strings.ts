import { toId } from '../evaluate/coerce.ts';
import { ApexList } from '../values/collections.ts';
import { systemException } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';
import { integerArg, itemsArg, listArg, textArg } from './arguments.ts';
import { objectToken } from './schema-tokens.ts';
import { javaPattern, javaReplacement } from './java-pattern.ts';
import { formatMessage } from './message-format.ts';
import type { MethodNative, NativeType } from './native.ts';

const STRING = { name: 'String', args: [] };

const isBlank = (value: Value | undefined): boolean => value === null || value === undefined || String(value).trim() === '';
const letters = (text: string): string[] => [...text];
const outOfBounds = (from: number, to: number, length: number): Error =>
  systemException(
    'StringException',
    to < 0 || from < 0 || from > length ? `Starting position out of bounds: ${from}` : `Ending position out of bounds: ${to}`,
  );

function substring(text: string, from: number, to: number): string {
  if (from < 0 || from > text.length || to < from || to > text.length) throw outOfBounds(from, to, text.length);
  return text.slice(from, to);
}

/** As Java's split: empty strings at the end are dropped unless a limit keeps them. */
function split(text: string, pattern: string, limit: number): ApexList {
  const parts: string[] = [];
  const expression = javaPattern(pattern, 'g');
  let from = 0;
  for (const match of text.matchAll(expression)) {
    if (limit > 0 && parts.length === limit - 1) break;
    if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue;
    if (match.index === 0 && match[0] !== '' && text === '') continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  while (limit === 0 && parts.length > 1 && parts.at(-1) === '') parts.pop();
  return new ApexList(STRING, parts);
}

const methods: Record<string, MethodNative> = {
  'abbreviate/1': (self: string, args) => (self.length > integerArg(args, 0) ? `${self.slice(0, integerArg(args, 0) - 3)}...` : self),
  'capitalize/0': (self: string) => self.charAt(0).toUpperCase() + self.slice(1),
  'charat/1': (self: string, args) => self.charCodeAt(integerArg(args, 0)),
  'compareto/1': (self: string, args) => (self < textArg(args, 0) ? -1 : self > textArg(args, 0) ? 1 : 0),
  'contains/1': (self: string, args) => self.includes(textArg(args, 0)),
  'containsignorecase/1': (self: string, args) => self.toLowerCase().includes(textArg(args, 0).toLowerCase()),
  'countmatches/1': (self: string, args) => (textArg(args, 0) === '' ? 0 : self.split(textArg(args, 0)).length - 1),
  'deletewhitespace/0': (self: string) => self.replace(/\s/g, ''),
  'endswith/1': (self: string, args) => self.endsWith(textArg(args, 0)),
  'endswithignorecase/1': (self: string, args) => self.toLowerCase().endsWith(textArg(args, 0).toLowerCase()),
  'equals/1': (self: string, args) => self === args[0],
  'equalsignorecase/1': (self: string, args) => typeof args[0] === 'string' && self.toLowerCase() === args[0].toLowerCase(),
  'escapehtml4/0': (self: string) =>
    self.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one),
  'format/1': (self: string, args) => formatMessage(self, listArg(args, 0).items.map(String)),
  'getsobjecttype/0': (self: string, _args, run) => objectToken(run.org.data.schema.byKeyPrefix(toId(self).slice(0, 3))?.name ?? '', run),
  'hashcode/0': (self: string) => letters(self).reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 0),
  'indexof/1': (self: string, args) => self.indexOf(textArg(args, 0)),
  'indexof/2': (self: string, args) => self.indexOf(textArg(args, 0), integerArg(args, 1)),
  'isalpha/0': (self: string) => /^[A-Za-z]+$/.test(self),
  'isalphanumeric/0': (self: string) => /^[A-Za-z0-9]+$/.test(self),
  'isnumeric/0': (self: string) => /^\d+$/.test(self),
  'iswhitespace/0': (self: string) => /^\s*$/.test(self),
  'lastindexof/1': (self: string, args) => self.lastIndexOf(textArg(args, 0)),
  'left/1': (self: string, args) => self.slice(0, Math.max(integerArg(args, 0), 0)),
  'leftpad/2': (self: string, args) => self.padStart(integerArg(args, 0), textArg(args, 1)),
  'length/0': (self: string) => self.length,
  'mid/2': (self: string, args) => self.slice(integerArg(args, 0), integerArg(args, 0) + integerArg(args, 1)),
  'normalizespace/0': (self: string) => self.trim().replace(/\s+/g, ' '),
  'remove/1': (self: string, args) => self.replaceAll(textArg(args, 0), ''),
  'removeend/1': (self: string, args) => (self.endsWith(textArg(args, 0)) ? self.slice(0, self.length - textArg(args, 0).length) : self),
  'removestart/1': (self: string, args) => (self.startsWith(textArg(args, 0)) ? self.slice(textArg(args, 0).length) : self),
  'repeat/1': (self: string, args) => self.repeat(integerArg(args, 0)),
  'replace/2': (self: string, args) => self.replaceAll(textArg(args, 0), () => textArg(args, 1)),
  'replaceall/2': (self: string, args) => self.replace(javaPattern(textArg(args, 0), 'g'), javaReplacement(textArg(args, 1))),
  'replacefirst/2': (self: string, args) => self.replace(javaPattern(textArg(args, 0), ''), javaReplacement(textArg(args, 1))),
  'reverse/0': (self: string) => letters(self).reverse().join(''),
  'right/1': (self: string, args) => (integerArg(args, 0) >= self.length ? self : self.slice(self.length - integerArg(args, 0))),
  'rightpad/2': (self: string, args) => self.padEnd(integerArg(args, 0), textArg(args, 1)),
  'split/1': (self: string, args) => split(self, textArg(args, 0), 0),
  'split/2': (self: string, args) => split(self, textArg(args, 0), integerArg(args, 1)),
  'startswith/1': (self: string, args) => self.startsWith(textArg(args, 0)),
  'startswithignorecase/1': (self: string, args) => self.toLowerCase().startsWith(textArg(args, 0).toLowerCase()),
  'substring/1': (self: string, args) => substring(self, integerArg(args, 0), self.length),
  'substring/2': (self: string, args) => substring(self, integerArg(args, 0), integerArg(args, 1)),
  'substringafter/1': (self: string, args) =>
    self.includes(textArg(args, 0)) ? self.slice(self.indexOf(textArg(args, 0)) + textArg(args, 0).length) : '',
  'substringafterlast/1': (self: string, args) =>
    self.includes(textArg(args, 0)) ? self.slice(self.lastIndexOf(textArg(args, 0)) + textArg(args, 0).length) : '',
  'substringbefore/1': (self: string, args) => (self.includes(textArg(args, 0)) ? self.slice(0, self.indexOf(textArg(args, 0))) : self),
  'substringbeforelast/1': (self: string, args) =>
    self.includes(textArg(args, 0)) ? self.slice(0, self.lastIndexOf(textArg(args, 0))) : self,
  'to15/0': (self: string) => toId(self).slice(0, 15),
  'tolowercase/0': (self: string) => self.toLowerCase(),
  'tostring/0': (self: string) => self,
  'touppercase/0': (self: string) => self.toUpperCase(),
  'trim/0': (self: string) => self.trim(),
  'uncapitalize/0': (self: string) => self.charAt(0).toLowerCase() + self.slice(1),
};

export const stringType: NativeType = {
  name: 'String',
  methods,
  statics: {
    'escapesinglequotes/1': (args) => textArg(args, 0).replace(/'/g, "\\'"),
    'format/2': async (args, run) => formatMessage(textArg(args, 0), await Promise.all(listArg(args, 1).items.map((one) => run.text(one)))),
    'fromchararray/1': (args) => String.fromCharCode(...listArg(args, 0).items.map(Number)),
    'isblank/1': (args) => isBlank(args[0]),
    'isempty/1': (args) => (args[0] ?? '') === '',
    'isnotblank/1': (args) => !isBlank(args[0]),
    'isnotempty/1': (args) => (args[0] ?? '') !== '',
    'join/2': async (args, run) =>
      (await Promise.all(itemsArg(args, 0).map((one) => (one === null ? '' : run.text(one))))).join(textArg(args, 1)),
    'valueof/1': async (args, run) => ((args[0] ?? null) === null ? 'null' : run.text(args[0] ?? null)),
    'valueofgmt/1': async (args, run) => run.text(args[0] ?? null),
  },
};

export const idType: NativeType = {
  name: 'Id',
  statics: { 'valueof/1': (args) => toId(textArg(args, 0)), 'valueof/2': (args) => toId(textArg(args, 0)) },
};
