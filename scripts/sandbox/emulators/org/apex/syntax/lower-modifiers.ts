import type { AnnotationContext, ModifierContext } from '@apexdevtools/apex-parser';
import type { Annotation, Modifiers } from './ast.ts';
import { literalOf } from './lower-literal.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

const ANNOTATIONS = new Set([
  'auraenabled',
  'invocablemethod',
  'invocablevariable',
  'istest',
  'testsetup',
  'testvisible',
  'suppresswarnings',
  'deprecated',
  'namespaceaccessible',
  'jsonaccess',
]);

export function lowerModifiers(list: ModifierContext[], lowering: Lowering): Modifiers {
  const modifiers: Modifiers = { annotations: [], words: new Set(), sharing: null };
  for (const modifier of list) {
    if (modifier.annotation()) {
      modifiers.annotations.push(lowerAnnotation(modifier.annotation(), lowering));
    } else if (modifier.SHARING()) {
      modifiers.sharing = modifier.WITH() ? 'with' : modifier.WITHOUT() ? 'without' : 'inherited';
    } else {
      const word = modifier.getText().toLowerCase();
      if (word === 'webservice') lowering.unsupported(at(modifier), 'webservice');
      modifiers.words.add(word);
    }
  }
  return modifiers;
}

function lowerAnnotation(context: AnnotationContext, lowering: Lowering): Annotation {
  const name = context.id().getText().toLowerCase();
  if (!ANNOTATIONS.has(name)) lowering.unsupported(at(context), `@${context.id().getText()}`);
  const values: Annotation['values'] = {};
  for (const pair of context.elementValuePairs()?.elementValuePair_list() ?? []) {
    values[pair.id().getText().toLowerCase()] = annotationValue(literalOf(pair.elementValue().literal(), lowering).value);
  }
  const bare = context.elementValue()?.literal();
  if (bare) values['value'] = annotationValue(literalOf(bare, lowering).value);
  return { name, values };
}

const annotationValue = (value: unknown): string | boolean => (typeof value === 'boolean' ? value : String(value));

export const annotation = (modifiers: Modifiers, name: string): Annotation | undefined =>
  modifiers.annotations.find((one) => one.name === name);
