import { ApexParserBaseListener, ApexParserFactory, ApexParseTreeWalker } from '@apexdevtools/apex-parser';
import type { QueryContext } from '@apexdevtools/apex-parser';
import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import type { OrgModel } from '../org/org-model.ts';
import { readPackage } from '../package/source.ts';
import { children, textOf } from '../package/xml.ts';

export const name = 'apex-references';
export const shows = 'queries, labels and custom permissions in Apex exist';

/** A node of the parse tree, as far as the walk through a query needs it. */
interface TreeNode {
  constructor: { name: string };
  start?: { line: number };
  getText(): string;
  getChildCount?(): number;
  getChild?(index: number): TreeNode;
}

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const model = orgModel(root);
  const labels = new Set(
    source.ofType('CustomLabels').flatMap((file) => children(file.root, 'labels').map((label) => textOf(label, 'fullName'))),
  );
  const permissions = new Set(source.ofType('CustomPermission').map((file) => file.name));
  const findings: Finding[] = [];
  for (const file of source.files.filter((found) => found.endsWith('.cls'))) {
    const text = source.text(file);
    const report = (line: number, message: string) => findings.push({ file, line, message });
    for (const { name: called, line } of matches(text, /\bLabel\.(Trueup_\w+)/g))
      if (!labels.has(called)) report(line, `there is no label ${called}`);
    for (const { name: called, line } of matches(text, /(?:requirePermission|checkPermission)\(\s*'(\w+)'/g))
      if (!permissions.has(called)) report(line, `there is no custom permission ${called}`);
    for (const query of queries(text)) checkQuery(model, query, report);
  }
  return findings;
}

function matches(text: string, pattern: RegExp): { name: string; line: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({ name: match[1] ?? '', line: text.slice(0, match.index).split('\n').length }));
}

function queries(text: string): QueryContext[] {
  const found: QueryContext[] = [];
  class Listener extends ApexParserBaseListener {
    enterQuery(query: QueryContext): void {
      found.push(query);
    }
  }
  ApexParseTreeWalker.DEFAULT.walk(new Listener(), ApexParserFactory.createParser(text).compilationUnit());
  return found;
}

function checkQuery(model: OrgModel, query: QueryContext, report: (line: number, message: string) => void): void {
  const from = /^\w+/.exec(query.fromNameList().getText())?.[0] ?? '';
  if (!model.object(from)) return report(query.start.line, `there is no object ${from}`);
  const walk = (node: TreeNode): void => {
    const kind = node.constructor.name;
    if (kind === 'SubQueryContext' || kind === 'FromNameListContext' || kind === 'BoundExpressionContext') return;
    if (kind !== 'FieldNameContext') {
      for (let index = 0; index < (node.getChildCount?.() ?? 0); index += 1) if (node.getChild) walk(node.getChild(index));
      return;
    }
    const path = node.getText();
    const field = model.field(from, path.toLowerCase().startsWith(`${from.toLowerCase()}.`) ? path.slice(from.length + 1) : path);
    if (typeof field === 'string') report(node.start?.line ?? query.start.line, `the query: ${field}`);
  };
  walk(query as unknown as TreeNode);
}
