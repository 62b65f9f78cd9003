import type { TypeName } from './ast.ts';

/** `Map<String,List<Account>>`. */
export const typeText = (type: TypeName): string =>
  type.args.length > 0 ? `${type.name}<${type.args.map(typeText).join(',')}>` : type.name;
