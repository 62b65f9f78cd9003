import { describe, expect, it, onTestFinished } from 'vitest';
import type { RecordChange } from '../data.ts';
import { SYSTEM } from '../testing/test-org.ts';
import { ACTION, action, next, status } from './flow-texts.fixture.ts';
import { openFlows } from './try-flow.ts';

describe('an action that admins put into a flow of their own', () => {
  it('is reached once for each list of 200, however many records were updated', async () => {
    const org = openFlows(
      {
        When_Changed: `${status()}${action('')}<start><object>Account</object><recordTriggerType>Update</recordTriggerType><scheduledPaths>${next('Call_Note')}<pathType>AsyncAfterCommit</pathType></scheduledPaths><triggerType>RecordAfterSave</triggerType></start>`,
      },
      { Note: ACTION },
    );
    onTestFinished(() => org.close());
    expect(org.flows.check()).toEqual([]);
    const rows = Array.from({ length: 10_000 }, (_, index) => ({ attributes: { type: 'Account' }, Name: `Account ${index}` }));
    const ids = Array.from({ length: 50 }, (_, list) =>
      org.data.insert(rows.slice(list * 200, (list + 1) * 200), org.system, SYSTEM),
    ).flatMap((list) => list.flatMap(({ id }) => id ?? []));
    const changes: RecordChange[] = [];
    org.data.onChange((change) => changes.push(change));
    for (let list = 0; list < 50; list += 1) {
      org.data.update(
        ids.slice(list * 200, (list + 1) * 200).map((Id) => ({ attributes: { type: 'Account' }, Id, Website: 'x.test' })),
        org.system,
        SYSTEM,
      );
    }
    await org.flows.onRecordChange(changes);
    expect(org.callouts.map((one) => one.endpoint)).toEqual(Array.from({ length: 50 }, () => 'callout:Notes/200'));
  });
});
