/** Width of a run and height of the highest bar in the drawing's own units. */
export const STEP = 20;
export const HEIGHT = 56;
const SHOWN = 14;

/** The latest finished runs, oldest first, each with what it put right and what it left, as numbers and as bars. */
export function barsOf(runs) {
  const points = runs
    .filter((run) => ['Completed', 'Completed With Issues', 'Failed'].includes(run.State__c))
    .slice(0, SHOWN)
    .reverse()
    .map((run) => ({
      id: run.Id,
      name: run.Name,
      state: run.State__c,
      corrected: (run.Payments_Booked__c ?? 0) + (run.Entries_Booked__c ?? 0) + (run.Statuses_Corrected__c ?? 0),
      left: run.Issues__c ?? 0,
    }));
  const highest = Math.max(1, ...points.flatMap(({ corrected, left }) => [corrected, left]));
  const high = (value) => (value === 0 ? 0 : Math.max(2, Math.round((value / highest) * HEIGHT)));
  return points.map((point, index) => ({
    ...point,
    isFailed: point.state === 'Failed',
    x: index * STEP + 2,
    middle: index * STEP + STEP / 2,
    leftX: index * STEP + STEP / 2 + 1,
    correctedHeight: high(point.corrected),
    correctedY: HEIGHT - high(point.corrected),
    leftHeight: high(point.left),
    leftY: HEIGHT - high(point.left),
  }));
}
