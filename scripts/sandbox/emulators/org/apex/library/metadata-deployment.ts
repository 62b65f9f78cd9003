import type { MetadataComponent } from '../../data.ts';
import { toFloat } from '../evaluate/numbers.ts';
import type { Run } from '../evaluate/run.ts';
import { ApexList } from '../values/collections.ts';
import { ApexDate, ApexDatetime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { ApexDouble } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { nativeArg } from './arguments.ts';
import type { DataObject } from './data-class.ts';
import { deployContext, deployResult } from './metadata-result.ts';
import type { NativeType } from './native.ts';

/** A deployment takes a moment, as it does in an org. [made up] */
const DEPLOYMENT_TAKES_MS = 400;

const text = (self: DataObject, key: string): string | null => (self.state.get(key) ?? null) as string | null;

/** The primitives a value may be; anything else is refused as the statement runs. Recorded in jongpie/CustomMetadataSaver, issue 4. */
function primitive(value: Value, fullName: string): string | number | boolean | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDecimal || value instanceof ApexDouble) return toFloat(value);
  if (value instanceof ApexDate) return value.toString();
  if (value instanceof ApexDatetime) return value.toIso();
  throw systemException(
    'TypeException',
    `Error deploying metadata of type CustomMetadata and fullName ${fullName}. Error message: Assignment of unsupported type to field name 'value'`,
  );
}

function componentOf(item: Value): MetadataComponent {
  const component = item as DataObject;
  const fullName = text(component, 'fullname') ?? '';
  const values = component.state.get('values');
  return {
    fullName,
    label: text(component, 'label'),
    values: (values instanceof ApexList ? values.items : []).map((one) => ({
      field: text(one as DataObject, 'field') ?? '',
      value: primitive((one as DataObject).state.get('value') ?? null, fullName),
    })),
  };
}

/** Queues a deployment: it is carried out after the transaction, and only when that is committed. */
function enqueue(args: Value[], run: Run): Value {
  if (run.test) throw systemException('AsyncException', 'Metadata cannot be deployed from within a test');
  if (run.readOnly) throw systemException('LimitException', 'Too many DML statements: 1');
  const components = nativeArg<Value[]>(args, 0, 'Metadata.DeployContainer').state.map(componentOf);
  const callback = args[1] ?? null;
  const { org, userId } = run;
  const id = org.data.nextJobId('DeployRequest');
  const queuedAt = org.clock.now();
  run.transaction.onCommit(() =>
    org.later(DEPLOYMENT_TAKES_MS, userId, async (later) => {
      const outcomes = org.data.deployMetadata(components, { userId, now: org.clock.now() });
      if (!(callback instanceof Instance)) return;
      const result = deployResult({ id, userId, queuedAt, endedAt: org.clock.now(), outcomes });
      await later.invoke(callback, 'handleResult', [result, deployContext(org.data.nextJobId('AsyncApexJob'))]);
    }),
  );
  return id;
}

export const metadataOperations: NativeType = { name: 'Metadata.Operations', statics: { 'enqueuedeployment/2': enqueue } };
