import type { ComponentOutcome } from '../../data.ts';
import { ApexList } from '../values/collections.ts';
import { ApexDatetime } from '../values/dates.ts';
import { NativeObject } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import type { DataObject } from './data-class.ts';
import { PLATFORM_ENUMS } from './platform-types.ts';

interface Deployment {
  id: string;
  userId: string;
  queuedAt: number;
  endedAt: number;
  outcomes: ComponentOutcome[];
}

const constant = (type: string, name: string): EnumValue => new EnumValue(type, name, PLATFORM_ENUMS[type]?.indexOf(name) ?? 0);

const dataObject = (name: string, values: Record<string, Value>): DataObject =>
  new NativeObject(name, new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value])));

const messages = (outcomes: ComponentOutcome[], at: ApexDatetime): ApexList =>
  new ApexList(
    { name: 'Metadata.DeployMessage', args: [] },
    outcomes.map((one) =>
      dataObject('Metadata.DeployMessage', {
        changed: one.success,
        componentType: 'CustomMetadata',
        created: one.created,
        createdDate: at,
        deleted: false,
        fullName: one.fullName,
        id: one.id,
        problem: one.problem,
        problemType: one.problem === null ? null : constant('Metadata.DeployProblemType', 'Error'),
        success: one.success,
      }),
    ),
  );

/** What a callback is given when its deployment ended. Any failure undoes the whole of it. */
export function deployResult({ id, userId, queuedAt, endedAt, outcomes }: Deployment): Value {
  const failed = outcomes.filter((one) => !one.success);
  const success = failed.length === 0;
  const ended = new ApexDatetime(endedAt);
  const deployed = outcomes.length - failed.length;
  return dataObject('Metadata.DeployResult', {
    checkOnly: false,
    completedDate: ended,
    createdBy: userId,
    createdDate: new ApexDatetime(queuedAt),
    details: dataObject('Metadata.DeployDetails', {
      componentFailures: messages(failed, ended),
      componentSuccesses: messages(
        outcomes.filter((one) => one.success),
        ended,
      ),
    }),
    done: true,
    id,
    ignoreWarnings: true,
    numberComponentErrors: failed.length,
    numberComponentsDeployed: deployed,
    numberComponentsTotal: outcomes.length,
    rollbackOnError: true,
    startDate: ended,
    status: constant('Metadata.DeployStatus', success ? 'Succeeded' : 'Failed'),
    success,
  });
}

export const deployContext = (jobId: string): Value => new NativeObject('Metadata.DeployCallbackContext', jobId);
