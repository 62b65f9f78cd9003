/** A name in a formula that is neither a function nor text, with what it must be. */
export type FormulaName = { kind: 'field'; path: string } | { kind: 'permission'; name: string } | { kind: 'label'; name: string };

const CONSTANTS = new Set(['TRUE', 'FALSE', 'NULL', 'AND', 'OR', 'NOT']);
/** Global variables whose members the checks do not know. */
const OTHER_GLOBALS = /^\$(User|Profile|Organization|UserRole|System|Flow|Setup|CustomMetadata)\b/;

/** Every field, custom permission and label a formula or validation rule names. */
export function formulaNames(formula: string): FormulaName[] {
  const code = formula.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  return [...code.matchAll(/(\$?[A-Za-z]\w*(?:\.\w+)*)\s*(\()?/g)].flatMap(([, word = '', call]): FormulaName[] => {
    if (call || CONSTANTS.has(word.toUpperCase()) || OTHER_GLOBALS.test(word)) return [];
    const [head = '', member = ''] = word.split('.');
    if (head === '$Permission') return [{ kind: 'permission', name: member }];
    if (head === '$Label') return [{ kind: 'label', name: member }];
    return [{ kind: 'field', path: word }];
  });
}
