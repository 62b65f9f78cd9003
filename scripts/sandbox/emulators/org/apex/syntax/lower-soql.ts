import { BoundExpressionContext } from '@apexdevtools/apex-parser';
import type { SoqlLiteralContext } from '@apexdevtools/apex-parser';
import type { Expression, SoqlNode } from './ast.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

interface Node {
  getChildCount?(): number;
  getChild?(index: number): unknown;
}

/** Every bound expression below a node, in the order of the text. */
function boundIn(node: Node, found: BoundExpressionContext[] = []): BoundExpressionContext[] {
  for (let index = 0; index < (node.getChildCount?.() ?? 0); index += 1) {
    const child = node.getChild?.(index);
    if (child instanceof BoundExpressionContext) found.push(child);
    else if (child && typeof child === 'object') boundIn(child as Node, found);
  }
  return found;
}

export function lowerSoql(context: SoqlLiteralContext, lowering: Lowering): SoqlNode {
  const query = context.query();
  const binds: Expression[] = [];
  let text = '';
  let from = query.start.start;
  for (const bound of boundIn(query)) {
    text += `${lowering.source.slice(from, bound.start.start)}:bind${binds.length}`;
    binds.push(lowering.expression(bound.expression()));
    from = (bound.stop?.stop ?? 0) + 1;
  }
  text += lowering.source.slice(from, (query.stop?.stop ?? 0) + 1);
  return { kind: 'soql', text: withoutComments(text), binds, at: at(context) };
}

const withoutComments = (text: string): string =>
  text.replace(/'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (found) => (found.startsWith("'") ? found : ' '));
