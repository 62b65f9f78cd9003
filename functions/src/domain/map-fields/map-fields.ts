import type { Problem } from '../problem.ts';
import { checkTarget, checkTogether } from './check-target.ts';
import { fitValue, isMisfit } from './fit-value.ts';
import type { HeaderTarget, MappedValue, MappedValues } from './mapped-values.ts';
import { isOfLine, isOfQuickBooks, type FieldMapping, type TargetObject } from './mapping.ts';
import { valueProblem } from './problems.ts';
import { appliesTo, join, placeOf, type Place } from './source-path.ts';
import { findTarget, nameIn, type TargetField } from './target.ts';
import { transform } from './transform.ts';
import type { LineValues, SourceValues } from './source-values.ts';

export interface Targets {
  stripe: readonly TargetField[];
  /** Null: QuickBooks could not be asked; its values are fitted when it can. */
  quickbooks: readonly TargetField[] | null;
}

export interface ToMap {
  mappings: readonly FieldMapping[];
  /** What receives values: customers only when they will be created. */
  objects: readonly TargetObject[];
  values: SourceValues;
  targets: Targets;
}

type Came = { value: MappedValue | null } | { problem: Problem };

/** The values of an invoice, and every reason why one does not arrive as it should. Nothing is left out without a problem. */
export function mapFields(asked: ToMap): { mapped: MappedValues; problems: Problem[] } {
  const { mappings, objects, values } = asked;
  const mapped: MappedValues = { header: {}, lines: {} };
  const problems: Problem[] = [];
  for (const mapping of mappings) {
    if (!objects.includes(mapping.targetObject) || !appliesTo(mapping, values.sourceType)) continue;
    if (isOfLine(mapping.targetObject)) {
      for (const line of values.lines) {
        const came = valueFor(mapping, asked, line);
        if ('problem' in came) problems.push(came.problem);
        else if (came.value) (mapped.lines[line.lineKey] ??= []).push(came.value);
      }
      continue;
    }
    const came = valueFor(mapping, asked, null);
    if ('problem' in came) problems.push(came.problem);
    else if (came.value) (mapped.header[mapping.targetObject as HeaderTarget] ??= []).push(came.value);
  }
  return { mapped, problems };
}

function valueFor(mapping: FieldMapping, { mappings, values, targets }: ToMap, line: LineValues | null): Came {
  const fields = isOfQuickBooks(mapping.targetObject) ? targets.quickbooks : targets.stripe;
  const target = fields ? findTarget(fields, mapping.targetObject, mapping.targetField) : undefined;
  const at = line ? `${line.at}.mapping` : `mapping.${mapping.name}`;
  const wrong = (what: Parameters<typeof valueProblem>[3]): Came => ({ problem: valueProblem(mapping, target, at, what) });
  if (fields && !target?.writable) return wrong({ code: 'no-target', reason: target?.reason ?? null });
  // A mapping that came as source was looked at by no editor.
  const [fault] = fields ? [...checkTarget(mapping, target), ...checkTogether(mapping, mappings, fields)] : [];
  if (fault) return { problem: { ...fault, field: at } };

  const read = sourceValue(mapping, values, line);
  if ('unreadable' in read) return wrong({ code: 'unreadable', path: read.unreadable });
  let text = read.text;
  if (text === '') {
    text = mapping.defaultValue ?? '';
    if (text === '') return mapping.required ? wrong({ code: 'missing' }) : { value: null };
  } else {
    const done = transform(mapping, text, values.timeZone);
    if ('fault' in done)
      return wrong(done.fault === 'unmapped' ? { code: 'unmapped', value: text } : { code: 'transform', what: done.what });
    text = done.text;
    if (text === '') return mapping.required ? wrong({ code: 'missing' }) : { value: null };
  }
  if (!target) return { value: { field: mapping.targetField, value: text, id: null } };
  const fitted = fitValue(target, text, values.timeZone);
  return isMisfit(fitted)
    ? wrong({ code: 'misfit', value: text, misfit: fitted })
    : { value: { field: nameIn(target, mapping.targetField), ...fitted } };
}

function sourceValue(mapping: FieldMapping, values: SourceValues, line: LineValues | null): { text: string } | { unreadable: string } {
  const { sourceKind, sourceObject, constant, sourceField, template } = mapping;
  if (sourceKind === 'Constant') return { text: constant ?? '' };
  let unreadable: string | undefined;
  const valueOf = (path: string): string => {
    const place = placeOf(sourceObject, path, line !== null);
    const found = typeof place === 'string' ? undefined : at(place, values, line);
    if (found === undefined) unreadable ??= path;
    return found ?? '';
  };
  const text = sourceKind === 'Field' ? valueOf(sourceField ?? '') : join(template ?? '', valueOf);
  return unreadable === undefined ? { text } : { unreadable };
}

/** Undefined: it could not be read. A record that is not there, such as the contact of an invoice without one, is empty. */
function at({ root, object, field }: Place, values: SourceValues, line: LineValues | null): string | undefined {
  if (values.unreadable.some((each) => each.object === object && each.field === field)) return undefined;
  const held = root === 'line' ? line?.line : root === 'product' ? line?.product : root === 'source-line' ? line?.sourceLine : values[root];
  return held ? held[field] : '';
}
