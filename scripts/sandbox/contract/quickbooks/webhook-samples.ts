import path from 'node:path';
import { eventBody, sign } from '../../emulators/quickbooks/hooks/event-body.ts';
import type { Change } from '../../emulators/quickbooks/store.ts';
import { differences } from '../compare.ts';
import type { JsonObject } from '../compare.ts';
import { readJson } from '../fixtures.ts';
import { exact, differs, judge } from '../verdict.ts';
import type { Finding } from '../verdict.ts';

/** The signed vector of Intuit's Java SDK and the CloudEvents bodies it published, against our notifications of the same changes. */
export function compareWebhooks(folder: string): Finding[] {
  const samples = path.join(folder, 'quickbooks/samples/webhooks');
  const vector = readJson<{ verifierToken: string; 'intuit-signature': string; rawBody: string }>(samples, 'legacy-java-sdk-vector.json');
  const signature = sign(vector.rawBody, vector.verifierToken);
  const change: Change = { entity: 'Customer', id: '1', operation: 'Create', at: Date.parse('2015-10-05T14:42:19-07:00') };
  const ours = eventBody('legacy', '1185883450', [change]);
  const cloud = readJson<{ bodies: JsonObject[][] }>(samples, 'cloudevents.json');
  return [
    signature === vector['intuit-signature']
      ? exact('legacy vector: signature')
      : differs('legacy vector: signature', `here ${signature}, published ${vector['intuit-signature']}`),
    ours === vector.rawBody ? exact('legacy vector: body') : differs('legacy vector: body', `here ${ours}`),
    ...cloud.bodies.map((body, index) => judge(`CloudEvents body ${String(index + 1)}`, cloudDifferences(body))),
  ];
}

/** The id, moment and source differ from event to event; `data` and `datacontenttype` are in one of the two bodies each. */
function cloudDifferences(published: JsonObject[]): string[] {
  return published.flatMap((event) => {
    const [, entity, tense] = String(event['type']).split('.');
    const change: Change = {
      entity: `${entity![0]!.toUpperCase()}${entity!.slice(1)}` as Change['entity'],
      id: String(event['intuitentityid']),
      operation: tense === 'created' ? 'Create' : 'Update',
      at: Date.parse(String(event['time'])),
    };
    const [ours] = JSON.parse(eventBody('cloudevents', String(event['intuitaccountid']), [change])) as JsonObject[];
    const theirs = { datacontenttype: 'application/json', ...event, data: {} };
    const shape = (value: unknown) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/.test(String(value));
    return differences(ours, theirs, {
      volatile: ['id'],
      special: {
        time: (mine) => shape(mine),
        source: (mine) => /^intuit\.[A-Za-z0-9+/]{43}=$/.test(String(mine)),
      },
    });
  });
}
