import type { Problem } from '../problem.ts';
import { checkTarget, checkTogether } from './check-target.ts';
import { checkOrigin, checkValues } from './check-values.ts';
import type { Described } from './described.ts';
import { isOfLine, isOfQuickBooks, type FieldMapping } from './mapping.ts';
import type { Targets } from './map-fields.ts';
import { mappingProblem } from './problems.ts';
import { pathsOf, placeOf } from './source-path.ts';
import { findTarget } from './target.ts';

export interface MappingCheck {
  mapping: FieldMapping;
  problems: Problem[];
}

/** What is known to go wrong with each mapping before any invoice. `described`: the fields they read, as the integration user sees them. */
export function checkMappings(mappings: readonly FieldMapping[], targets: Targets, described: readonly Described[]): MappingCheck[] {
  const active = mappings.filter((each) => each.active);
  return mappings.map((mapping) => ({ mapping, problems: checkOne(mapping, active, targets, described) }));
}

function checkOne(mapping: FieldMapping, active: readonly FieldMapping[], targets: Targets, described: readonly Described[]): Problem[] {
  const fields = isOfQuickBooks(mapping.targetObject) ? targets.quickbooks : targets.stripe;
  const target = fields ? findTarget(fields, mapping.targetObject, mapping.targetField) : undefined;
  const usable = target?.writable ? target : undefined;
  return [
    ...(fields ? checkTarget(mapping, target) : [notRead(mapping)]),
    ...(fields ? checkTogether(mapping, active, fields) : []),
    ...checkComplete(mapping),
    ...checkValues(mapping, usable),
    ...pathsOf(mapping).flatMap((path) => checkPath(mapping, path, described, usable)),
  ];
}

const notRead = ({ targetField, targetObject }: FieldMapping): Problem =>
  mappingProblem(
    'target-not-read',
    'Target_Field__c',
    `QuickBooks does not say whether ${targetField} of the ${targetObject} is there.`,
    'Check again once it answers.',
  );

function checkComplete({ sourceKind, sourceField, constant, template }: FieldMapping): Problem[] {
  const missing = (at: string, what: string) => [mappingProblem('mapping-incomplete', at, `The mapping has no ${what}.`, 'Enter it.')];
  if (sourceKind === 'Field' && !sourceField) return missing('Source_Field__c', 'Salesforce field');
  if (sourceKind === 'Constant' && !constant) return missing('Constant_Value__c', 'constant');
  return sourceKind === 'Template' && !template ? missing('Template__c', 'joined text') : [];
}

function checkPath(
  mapping: FieldMapping,
  path: string,
  described: readonly Described[],
  target: Parameters<typeof checkOrigin>[1],
): Problem[] {
  const at = mapping.sourceKind === 'Template' ? 'Template__c' : 'Source_Field__c';
  const place = placeOf(mapping.sourceObject, path, isOfLine(mapping.targetObject));
  if (typeof place === 'string') return [mappingProblem('source-not-reachable', at, `${sentence(place)}.`, 'Choose another field.')];
  const from = described.find((each) => each.object === place.object && each.field === place.field);
  if (!from) return [];
  return from.found
    ? checkOrigin(mapping, target, from)
    : [
        mappingProblem(
          'source-unreadable',
          at,
          `${place.object}.${place.field} does not exist, or the integration user may not read it.`,
          'Choose another field, or let the integration user read this one.',
        ),
      ];
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
