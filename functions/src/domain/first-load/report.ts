import { groupThousands } from '../group-thousands.ts';
import { addUp, type Load, type LoadCause, type LoadedObject, type LoadObject } from './load.ts';

const NAME: Record<LoadObject, string> = {
  'quickbooks-customers': 'QuickBooks customers',
  'stripe-customers': 'Stripe customers',
  'quickbooks-invoices': 'QuickBooks invoices',
  'stripe-invoices': 'Stripe invoices',
  'stripe-payments': 'Stripe payments',
  'quickbooks-payments': 'QuickBooks payments',
};

export const number = (count: number): string => groupThousands(String(count));

/** What a person reads on the run's page: how far it is, and by cause what waits and what was refused. */
export function loadReport(load: Load): string {
  const sums = addUp(load.objects);
  return [
    `${number(sums.read)} records read: ${number(sums.written)} written, ${number(sums.unchanged)} unchanged, ${number(sums.waiting)} waiting for a review, ${number(sums.refused)} refused.`,
    ...(load.why === null ? [] : [load.why]),
    ...load.objects.filter(({ read, expected }) => read + expected > 0).map(objectText),
    ...section(load.causes, 'waiting', 'Waiting for a review:'),
    ...section(load.causes, 'refused', 'Refused:'),
    ...load.problems.map(({ message, action }) => `${message} ${action}`),
  ].join('\n');
}

const objectText = ({ object, read, expected, estimated, written, unchanged, waiting, refused }: LoadedObject): string =>
  `${NAME[object]}: ${number(read)} of ${estimated ? 'about ' : ''}${number(Math.max(expected, read))} read, ${number(written)} written, ${number(unchanged)} unchanged, ${number(waiting)} waiting, ${number(refused)} refused.`;

function section(causes: readonly LoadCause[], standing: LoadCause['standing'], title: string): string[] {
  const own = causes.filter((cause) => cause.standing === standing);
  if (own.length === 0) return [];
  const lines = own.map(
    ({ object, count, message, action, examples }) =>
      `- ${NAME[object]}, ${number(count)}: ${message} ${action} (${examples.join(', ')}${count > examples.length ? ', …' : ''})`,
  );
  return [title, ...lines];
}
