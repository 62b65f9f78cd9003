import { nodesOf, textOf } from '../schema/metadata-file.ts';
import type { MetadataFile, XmlNode } from '../schema/metadata-file.ts';
import type { FlowSchedule, FlowStart } from './definition.ts';
import { filtersOf, targetOf } from './operands.ts';

type Refuse = (line: number, message: string) => void;

const KINDS: Record<string, FlowStart['kind']> = { Scheduled: 'scheduled', RecordAfterSave: 'record', PlatformEvent: 'event' };

export function loadStart(file: MetadataFile, refuse: Refuse): FlowStart {
  const node = nodesOf(file.body, 'start')[0] ?? {};
  const trigger = textOf(node, 'triggerType');
  const kind = trigger === undefined ? 'autolaunched' : KINDS[trigger];
  const line = file.line('start');
  if (!kind) refuse(file.line('triggerType'), `Flows triggered by ${String(trigger)} are not supported by the local org`);
  if (textOf(node, 'publishSegment') || textOf(node, 'segment'))
    refuse(line, 'Flows triggered by a segment are not supported by the local org');
  return {
    kind: kind ?? 'autolaunched',
    object: textOf(node, 'object') ?? null,
    criteria: filtersOf(node),
    formula: textOf(node, 'filterFormula') ?? null,
    next: kind === 'record' ? asynchronousPath(node, file, refuse) : (targetOf(node) ?? textOf(file.body, 'startElementReference') ?? null),
    schedule: kind === 'scheduled' ? scheduleOf(node, line, refuse) : null,
    recordTrigger: (textOf(node, 'recordTriggerType') as FlowStart['recordTrigger']) ?? null,
    onlyWhenChangedToMeet: textOf(node, 'doesRequireRecordChangedToMeetCriteria') === 'true',
  };
}

/** Changes are told after the commit, so only the path that runs then can be run. */
function asynchronousPath(node: XmlNode, file: MetadataFile, refuse: Refuse): string | null {
  const paths = nodesOf(node, 'scheduledPaths');
  const wanted = paths.find((one) => textOf(one, 'pathType') === 'AsyncAfterCommit');
  const immediate = targetOf(node);
  if (immediate !== null)
    refuse(
      file.line('targetReference', immediate),
      `The immediate path of a record-triggered flow (${immediate}) is not supported by the local org, only the asynchronous one`,
    );
  for (const one of paths)
    if (one !== wanted)
      refuse(
        file.line('scheduledPaths'),
        `The scheduled path ${textOf(one, 'name') ?? ''} is not supported by the local org, only the asynchronous one`,
      );
  return targetOf(wanted);
}

function scheduleOf(node: XmlNode, line: number, refuse: Refuse): FlowSchedule | null {
  const schedule = nodesOf(node, 'schedule')[0] ?? {};
  const frequency = textOf(schedule, 'frequency') ?? '';
  if (frequency !== 'Once' && frequency !== 'Daily' && frequency !== 'Weekly') {
    refuse(line, `The schedule ${frequency || 'without a frequency'} is not supported by the local org`);
    return null;
  }
  return {
    frequency,
    startDate: textOf(schedule, 'startDate') ?? '',
    startTime: (textOf(schedule, 'startTime') ?? '00:00:00').slice(0, 8),
  };
}
