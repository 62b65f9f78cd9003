import type { Problem } from '../problem.ts';
import type { Described } from './described.ts';
import { fitValue, isMisfit, type Misfit } from './fit-value.ts';
import type { FieldMapping } from './mapping.ts';
import { calledOf, mappingProblem } from './problems.ts';
import type { TargetField } from './target.ts';
import { readValueMap, settingsFault, transform } from './transform.ts';

const ZONE = 'UTC';
const CODES: Record<Misfit['fault'], string> = {
  'too-long': 'value-too-long',
  'wrong-type': 'value-wrong-type',
  unknown: 'value-not-an-option',
  ambiguous: 'value-not-an-option',
  inactive: 'value-not-an-option',
};

/** The transform's own settings, and every value that is known beforehand: the constant, the default, what the value map gives. */
export function checkValues(mapping: FieldMapping, target: TargetField | undefined): Problem[] {
  const fault = settingsFault(mapping);
  if (fault)
    return [
      fault.at === 'argument'
        ? mappingProblem(
            'transform-argument',
            'Transform_Argument__c',
            `The transform "${mapping.transform}" needs ${fault.what}.`,
            'Correct it.',
          )
        : mappingProblem('value-map-invalid', 'Value_Map__c', `The value map is not ${fault.what}.`, 'Enter the pairs again.'),
    ];
  return [...lostConstant(mapping), ...(target ? known(mapping).flatMap(({ at, text }) => misfitOf(mapping, target, at, text)) : [])];
}

/** A constant that the mapping's own transform cannot take. */
function lostConstant(mapping: FieldMapping): Problem[] {
  if (mapping.sourceKind !== 'Constant' || !mapping.constant) return [];
  const done = transform(mapping, mapping.constant, ZONE);
  if ('text' in done) return [];
  const code = done.fault === 'unmapped' ? 'value-not-an-option' : 'value-wrong-type';
  return [mappingProblem(code, 'Constant_Value__c', `"${mapping.constant}" ${done.what}.`, 'Correct the constant or the transform.')];
}

function known(mapping: FieldMapping): { at: string; text: string }[] {
  const found: { at: string; text: string }[] = [];
  if (mapping.sourceKind === 'Constant' && mapping.constant) {
    const done = transform(mapping, mapping.constant, ZONE);
    if ('text' in done && done.text !== '') found.push({ at: 'Constant_Value__c', text: done.text });
  }
  if (mapping.defaultValue) found.push({ at: 'Default_Value__c', text: mapping.defaultValue });
  if (mapping.transform === 'Value Map')
    for (const text of new Set(readValueMap(mapping.valueMap)?.values() ?? [])) if (text !== '') found.push({ at: 'Value_Map__c', text });
  return found;
}

function misfitOf(mapping: FieldMapping, target: TargetField, at: string, text: string): Problem[] {
  const fitted = fitValue(target, text, ZONE);
  return isMisfit(fitted)
    ? [mappingProblem(CODES[fitted.fault], at, `"${text}" for ${calledOf(mapping, target)} ${fitted.what}.`, 'Choose a value that fits.')]
    : [];
}

/** What the field's own values would run into: a picklist value without counterpart, another type, texts that may be too long. */
export function checkOrigin(mapping: FieldMapping, target: TargetField | undefined, from: Described): Problem[] {
  if (mapping.transform === 'Yes or No' && from.type !== 'boolean')
    return [mappingProblem('value-wrong-type', 'Transform__c', `${from.field} is no checkbox.`, 'Choose another transform.')];
  if (target?.type === 'date' && from.type !== 'date' && from.type !== 'date-time' && mapping.transform !== 'Value Map')
    return [
      mappingProblem(
        'value-wrong-type',
        'Source_Field__c',
        `${calledOf(mapping, target)} is a date, ${from.field} is not.`,
        'Choose a date field.',
      ),
    ];
  if (target?.type === 'date' && mapping.transform === 'Date' && !['', 'yyyy-MM-dd'].includes(mapping.argument ?? ''))
    return [
      mappingProblem(
        'transform-argument',
        'Transform_Argument__c',
        `${calledOf(mapping, target)} takes yyyy-MM-dd.`,
        'Leave the pattern empty.',
      ),
    ];
  const lost = from.type === 'picklist' ? from.options.filter((option) => !arrives(mapping, target, option)) : [];
  if (lost.length > 0)
    return [
      mappingProblem(
        'value-map-incomplete',
        mapping.transform === 'Value Map' ? 'Value_Map__c' : 'Transform__c',
        `${many(lost)} of ${from.field} ${lost.length === 1 ? 'has' : 'have'} no counterpart for ${calledOf(mapping, target)}; invoices with it would be stopped.`,
        'Add it to the value map.',
        'warning',
      ),
    ];
  const short = target?.type === 'text' && target.length !== null ? target.length : null;
  const passes = mapping.transform !== 'First Characters' && mapping.transform !== 'Value Map' && mapping.sourceKind === 'Field';
  return short !== null && passes && from.type === 'text' && (from.length ?? 0) > short
    ? [
        mappingProblem(
          'value-may-be-too-long',
          'Transform__c',
          `${from.field} takes up to ${from.length} characters, ${calledOf(mapping, target)} ${short}; an invoice with a longer text would be stopped.`,
          'Use the transform "First Characters" if the text may be shortened.',
          'warning',
        ),
      ]
    : [];
}

/** Only a field alone: what a joined text comes to is known with the record. */
function arrives(mapping: FieldMapping, target: TargetField | undefined, option: string): boolean {
  if (mapping.sourceKind !== 'Field') return true;
  const done = transform(mapping, option, ZONE);
  if ('fault' in done) return false;
  return done.text === '' || !target || !isMisfit(fitValue(target, done.text, ZONE));
}

function many(values: readonly string[]): string {
  const shown = values.slice(0, 3).map((each) => `"${each}"`);
  return values.length > 3 ? `${shown.join(', ')} and ${values.length - 3} more` : shown.join(' and ');
}
