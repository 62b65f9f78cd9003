import type { LiteralContext } from '@apexdevtools/apex-parser';
import type { Literal, Position } from './ast.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

/** The text of a quoted Apex string. */
export function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escape: string) =>
      escape.length === 5 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape),
    );
}

export function literalOf(context: LiteralContext, lowering: Lowering): Literal {
  const text = context.getText();
  const place = at(context);
  if (context.StringLiteral()) return { kind: 'literal', type: 'string', value: unquote(text), at: place };
  if (context.MultilineStringLiteral()) {
    lowering.unsupported(place, "A ''' string");
    return { kind: 'literal', type: 'null', value: null, at: place };
  }
  if (context.BooleanLiteral()) return { kind: 'literal', type: 'boolean', value: text.toLowerCase() === 'true', at: place };
  if (context.IntegerLiteral()) return integerLiteral(text, place, lowering);
  if (context.LongLiteral()) return { kind: 'literal', type: 'long', value: BigInt(text.slice(0, -1)), at: place };
  if (context.NumberLiteral()) return { kind: 'literal', type: 'decimal', value: text, at: place };
  return { kind: 'literal', type: 'null', value: null, at: place };
}

function integerLiteral(text: string, place: Position, lowering: Lowering): Literal {
  const value = Number(text);
  // 2147483648 is allowed, for it may be the operand of a minus.
  if (value > 2147483648) lowering.add(place, `Illegal integer: ${text}`);
  return { kind: 'literal', type: 'integer', value, at: place };
}
