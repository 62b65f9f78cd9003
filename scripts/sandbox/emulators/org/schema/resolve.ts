import type { OrgObject } from './model.ts';
import type { SchemaProblem } from './metadata-file.ts';

/** A roll-up's type, precision and scale are those of the field it sums; its parts must exist. */
export function resolveRollups(objects: Map<string, OrgObject>, problems: SchemaProblem[]): void {
  for (const object of objects.values())
    for (const field of object.fields.values()) {
      const { rollup } = field;
      if (!rollup) continue;
      const detail = objects.get(rollup.detailObject.toLowerCase());
      const link = detail?.fields.get(rollup.detailField.toLowerCase());
      const summed = rollup.summarizedField ? detail?.fields.get(rollup.summarizedField.toLowerCase()) : undefined;
      if (!link?.masterDetail || (rollup.operation !== 'count' && !summed)) {
        problems.push({
          file: field.origin?.split(':')[0] ?? '',
          line: 1,
          message: `sums ${rollup.detailObject}.${rollup.summarizedField ?? ''} over ${rollup.detailField}, which is not a field of a detail`,
        });
        continue;
      }
      field.type = rollup.operation === 'count' ? 'double' : (summed?.type ?? 'double');
      field.precision = 18;
      field.scale = rollup.operation === 'count' ? 0 : (summed?.scale ?? 0);
      // Sums and counts are zero, minima and maxima empty, when there is no detail.
      if (rollup.operation === 'sum' || rollup.operation === 'count') field.defaultValue = 0;
    }
}
