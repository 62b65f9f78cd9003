import { systemException } from '../values/exceptions.ts';

/** A Java regular expression as a JavaScript one; refuses the few constructs that differ. */
export function javaPattern(pattern: string, flags: string): RegExp {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const translated = body
    .replace(/\\p\{(Alpha|Digit|Alnum|Upper|Lower|Punct|Space)\}/g, (_, name: string) => POSIX[name] ?? '')
    .replace(/\\Q(.*?)\\E/gs, (_, quoted: string) => quoted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  try {
    return new RegExp(translated, flags + (inline?.[1] ?? ''));
  } catch (error) {
    throw systemException('StringException', `Invalid regex: ${(error as Error).message}`);
  }
}

const POSIX: Record<string, string> = {
  Alpha: '[A-Za-z]',
  Digit: '\\d',
  Alnum: '[A-Za-z0-9]',
  Upper: '[A-Z]',
  Lower: '[a-z]',
  Punct: '[!-/:-@\\[-`{-~]',
  Space: '\\s',
};

/** `$1` means the same in both; a literal dollar is `\$` in Java. */
export const javaReplacement = (text: string): string => text.replace(/\\(.)/g, (_, escaped: string) => (escaped === '$' ? '$$' : escaped));
