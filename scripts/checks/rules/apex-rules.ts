import path from 'node:path';
import type { Finding } from '../finding.ts';
import { apexCode } from '../package/apex-signatures.ts';
import { readPackage } from '../package/source.ts';

export const name = 'apex-rules';
export const shows = 'Apex is thin: no triggers, sharing and user mode written out, entries of 30 lines, one gateway';

const GATEWAY = 'TrueupFunctionGateway.cls';
const ENTRY_LINES = 30;
/** Classes that may run without sharing, each with its reason. */
const WITHOUT_SHARING: Record<string, string> = {};

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const findings: Finding[] = [];
  for (const file of source.files) {
    if (file.endsWith('.trigger')) findings.push({ file, message: 'the package has no triggers: use a flow or a function' });
    if (!file.endsWith('.cls')) continue;
    const text = source.text(file);
    const test = /@IsTest\b/i.test(text);
    const code = apexCode(text);
    for (const { line, message } of [...(test ? [] : productRules(file, code)), ...everywhere(file, text)])
      findings.push({ file, line, message });
    if (test && !/^force-app\/(tests|extensions\/[^/]+)\//.test(file))
      findings.push({ file, message: 'tests live in force-app/tests: what is installed holds no tests' });
  }
  return findings;
}

type Found = { line: number; message: string };
const find = (text: string, pattern: RegExp, message: string): Found[] =>
  [...text.matchAll(pattern)].map((match) => ({ line: text.slice(0, match.index).split('\n').length, message }));

/** `callout:` stands in text, so this one looks at the whole file. */
function everywhere(file: string, text: string): Found[] {
  const test = /@IsTest\b/i.test(text);
  return path.posix.basename(file) === GATEWAY || test ? [] : find(text, /callout:/gi, `only ${GATEWAY} calls out`);
}

function productRules(file: string, code: string): Found[] {
  const base = path.posix.basename(file);
  const found = [
    ...find(code, /\bTest\s*\.\s*isRunningTest\b/gi, 'production code must not know that a test runs'),
    ...find(code, /@future\b|\bimplements\s+Queueable\b|\bDatabase\s*\.\s*Batchable\b/gi, 'long work belongs into a function'),
    ...find(
      code,
      /\bwithout\s+sharing\b/gi,
      'without sharing needs an entry, with its reason, in WITHOUT_SHARING of scripts/checks/rules/apex-rules.ts',
    ).filter(() => !(base in WITHOUT_SHARING)),
    ...find(code, /\bDatabase\s*\.\s*(query|countQuery|getQueryLocator)\s*\(/gi, 'use Database.queryWithBinds in AccessLevel.USER_MODE'),
    ...find(code, /\bHttpRequest\s*\(/gi, `only ${GATEWAY} calls out`).filter(() => base !== GATEWAY),
    ...find(code, /\[\s*SELECT\b(?:(?!WITH\s+USER_MODE)[^\]])*\]/gi, 'a query says WITH USER_MODE'),
    ...find(
      code,
      /\b(insert|update|upsert|delete|undelete|merge)\s+(?!as\b)(new\s+)?\w+[^;()]*;/gi,
      'people read and functions write: no DML in the package',
    ),
  ];
  const declaration = code.search(/\bclass\s+\w/i);
  if (declaration >= 0 && !/\bwith(out)?\s+sharing\b/i.test(code.slice(0, declaration)))
    found.push({ line: 1, message: 'the class does not say with sharing' });
  const entry = /@AuraEnabled\s*(\([^)]*\))?\s*public\s+static|@InvocableMethod/i.test(code);
  const lines = code.trimEnd().split('\n').length;
  if (entry && lines > ENTRY_LINES)
    found.push({ line: ENTRY_LINES, message: `an entry class has at most ${ENTRY_LINES} lines, this one has ${lines}` });
  found.push(...uncheckedEntries(code));
  return found;
}

/** Entries that write or call out ask first what the user may do; a cacheable one only reads, in user mode. */
function uncheckedEntries(code: string): Found[] {
  return [...code.matchAll(/@(AuraEnabled|InvocableMethod)\s*(\([^)]*\))?\s*(?:public|global)\s+static\b(?:(?!\n {4}\}\r?\n)[\s\S])*/gi)]
    .filter(([body, , options = '']) => !/cacheable\s*=\s*true/i.test(options) && !/\bTrueupAccess\s*\.\s*require/i.test(body))
    .map((match) => ({
      line: code.slice(0, match.index).split('\n').length,
      message: 'an entry begins with TrueupAccess.require…: the functions write with a user of their own',
    }));
}
