import { afterEach, describe, expect, it } from 'vitest';
import type { RecordChange } from '../data.ts';
import { SYSTEM } from '../testing/test-org.ts';
import { ACTION, action, next, reference, status } from './flow-texts.fixture.ts';
import { openFlows } from './try-flow.ts';
import type { TriedFlows } from './try-flow.ts';

const DAY_MS = 86_400_000;

let org: TriedFlows | undefined;
afterEach(() => {
  org?.close();
  org = undefined;
});

const text = (value: string): string => `<value><stringValue>${value}</stringValue></value>`;
const writeBack = (fault = ''): string =>
  `<recordUpdates><name>Write</name>${fault}<filterLogic>and</filterLogic><filters><field>Id</field><operator>EqualTo</operator>${reference('$Record.Id')}</filters><inputAssignments><field>Phone</field>${reference('Call_Note.text')}</inputAssignments><object>Account</object></recordUpdates>`;

const scheduled = (object: string, time = '02:00:00.000Z'): string =>
  `<start>${next('Call_Note')}${object}<schedule><frequency>Daily</frequency><startDate>2026-01-01</startDate><startTime>${time}</startTime></schedule><triggerType>Scheduled</triggerType></start>`;

const someAccounts = (names: string[]): void => {
  org?.data.insert(
    names.map((Name) => ({ attributes: { type: 'Account' }, Name, OwnerId: org?.users.admin })),
    org.system,
    SYSTEM,
  );
};

const phones = (): unknown[] =>
  org?.data.query('SELECT Name, Phone FROM Account ORDER BY Name', org.system).map((row) => row['Phone']) ?? [];

const ACCOUNTS = `<filterLogic>and</filterLogic><filters><field>Name</field><operator>NotEqualTo</operator>${text('Skip')}</filters><object>Account</object>`;

describe('scheduled flows', () => {
  it('run one interview per matching record, and reach an action as one list', async () => {
    org = openFlows({ Nightly: `${status()}${action(next('Write'))}${writeBack()}${scheduled(ACCOUNTS)}` }, { Note: ACTION });
    expect(org.flows.check()).toEqual([]);
    someAccounts(['A', 'B', 'C', 'Skip']);
    const run = await org.flows.runScheduled('Nightly');
    expect(run).toMatchObject({ interviews: 3, faults: [] });
    expect(org.callouts.map((one) => one.endpoint)).toEqual(['callout:Notes/3']);
    expect(phones()).toEqual(['noted A', 'noted B', 'noted C', null]);
  });

  it('run when the clock reaches their hour in the org’s time zone, each day once', async () => {
    org = openFlows({ Nightly: `${status()}${action('')}${scheduled(ACCOUNTS)}` }, { Note: ACTION });
    someAccounts(['A']);
    expect(new Date(org.flows.list()[0]?.nextRun ?? 0).toISOString()).toBe('2026-11-25T07:00:00.000Z');
    await org.clock.advance(12 * 3_600_000);
    expect(org.callouts).toHaveLength(0);
    await org.clock.advance(3 * DAY_MS);
    expect(org.callouts).toHaveLength(3);
    expect(org.flows.runs().map((run) => new Date(run.at).toISOString().slice(0, 16))).toEqual([
      '2026-11-27T07:00',
      '2026-11-26T07:00',
      '2026-11-25T07:00',
    ]);
    expect(await org.flows.due(org.clock.now())).toEqual([]);
  });

  it('do not run while they are not active', async () => {
    org = openFlows({ Nightly: `${status('Draft')}${action('')}${scheduled(ACCOUNTS)}` }, { Note: ACTION });
    await org.clock.advance(2 * DAY_MS);
    expect(org.flows.runs()).toEqual([]);
    await expect(org.flows.runScheduled('Nightly')).rejects.toThrow('not active');
    org.flows.setActive('Nightly', true);
    await org.clock.advance(DAY_MS);
    expect(org.flows.runs()).toHaveLength(1);
  });
});

describe('faults', () => {
  const issue = `<recordCreates><name>Note_Fault</name><inputAssignments><field>Name</field>${reference('$Flow.FaultMessage')}</inputAssignments><object>Account</object></recordCreates>`;

  it('follow the fault path, with the message', async () => {
    org = openFlows(
      { Nightly: `${status()}${action(next('Write') + next('Note_Fault', 'faultConnector'))}${writeBack()}${issue}${scheduled(ACCOUNTS)}` },
      { Note: ACTION },
    );
    someAccounts(['Bad']);
    expect(await org.flows.runScheduled('Nightly')).toMatchObject({ faults: [] });
    expect(org.data.query('SELECT Name FROM Account ORDER BY Name', org.system).map((row) => row['Name'])).toEqual([
      'An Apex error occurred: System.IllegalArgumentException: Bad is bad',
      'Bad',
    ]);
  });

  it('without a path end the interview and undo what it did, and only what it did', async () => {
    const first = `<recordCreates><name>First</name>${next('Second')}<inputAssignments><field>Name</field>${reference('Call_Note.text')}</inputAssignments><object>Account</object></recordCreates>`;
    const second = `<recordCreates><name>Second</name><inputAssignments><field>Account__c</field>${reference('First')}</inputAssignments><inputAssignments><field>Status__c</field>${reference('$Record.Phone')}</inputAssignments><object>Bill__c</object><storeOutputAutomatically>true</storeOutputAutomatically></recordCreates>`;
    org = openFlows(
      {
        Nightly: `${status()}${action(next('First'))}${first.replace('<object>', '<storeOutputAutomatically>true</storeOutputAutomatically><object>')}${second}${scheduled(ACCOUNTS)}`,
      },
      { Note: ACTION },
    );
    someAccounts(['A', 'B', 'C']);
    org.data.update(
      [
        {
          attributes: { type: 'Account' },
          Id: String(org.data.query("SELECT Id FROM Account WHERE Name = 'B'", org.system)[0]?.['Id']),
          Phone: 'Nope',
        },
      ],
      org.system,
      SYSTEM,
    );
    const run = await org.flows.runScheduled('Nightly');
    expect(run.faults).toHaveLength(1);
    expect(run.faults[0]).toMatchObject({
      element: 'Second',
      message: expect.stringContaining('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST') as string,
    });
    expect(org.data.query("SELECT Name FROM Account WHERE Name LIKE 'noted%' ORDER BY Name", org.system).map((row) => row['Name'])).toEqual(
      ['noted A', 'noted C'],
    );
    expect(org.data.count('SELECT COUNT() FROM Bill__c', org.system)).toBe(2);
    expect(org.callouts).toHaveLength(1);
  });

  it('refuse a callout after a save in the same transaction', async () => {
    const first = `<recordCreates><name>First</name>${next('Call_Note')}<inputAssignments><field>Name</field>${text('x')}</inputAssignments><object>Account</object></recordCreates>`;
    org = openFlows({ Nightly: `${status()}${first}${action('')}${scheduled(ACCOUNTS).replace('Call_Note', 'First')}` }, { Note: ACTION });
    someAccounts(['A']);
    expect((await org.flows.runScheduled('Nightly')).faults[0]?.message).toContain('You have uncommitted work pending');
    expect(phones()).toHaveLength(1);
  });
});

describe('record-triggered flows', () => {
  const WON = `${status()}${action(next('Write'))}${writeBack()}<start><doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic><filters><field>Industry</field><operator>EqualTo</operator>${text('Energy')}</filters><object>Account</object><recordTriggerType>CreateAndUpdate</recordTriggerType><scheduledPaths>${next('Call_Note')}<pathType>AsyncAfterCommit</pathType></scheduledPaths><triggerType>RecordAfterSave</triggerType></start>`;

  it('start after the commit, once the change makes the record meet the conditions', async () => {
    org = openFlows({ When_Energy: WON }, { Note: ACTION });
    expect(org.flows.check()).toEqual([]);
    const changes: RecordChange[] = [];
    org.data.onChange((change) => changes.push(change));
    const id = org.data.insert([{ attributes: { type: 'Account' }, Name: 'A', Industry: 'Banking' }], org.system, SYSTEM)[0]?.id ?? '';
    const update = async (fields: Record<string, unknown>): Promise<number> => {
      changes.length = 0;
      org?.data.update([{ attributes: { type: 'Account' }, Id: id, ...fields }], org.system, SYSTEM);
      return ((await org?.flows.onRecordChange([...changes])) ?? []).length;
    };
    expect(await org.flows.onRecordChange([...changes])).toEqual([]);
    expect(await update({ Industry: 'Energy' })).toBe(1);
    expect(phones()).toEqual(['noted A']);
    expect(await update({ Website: 'x.test' })).toBe(0);
  });

  it('reach the action together for changes of one commit', async () => {
    org = openFlows({ When_Energy: WON }, { Note: ACTION });
    const changes: RecordChange[] = [];
    org.data.onChange((change) => changes.push(change));
    org.data.insert(
      ['A', 'B'].map((Name) => ({ attributes: { type: 'Account' }, Name, Industry: 'Energy' })),
      org.system,
      SYSTEM,
    );
    await org.flows.onRecordChange([...changes]);
    expect(org.callouts.map((one) => one.endpoint)).toEqual(['callout:Notes/2']);
  });
});

describe('elements', () => {
  const variable = (name: string, dataType: string, extra = ''): string =>
    `<variables><name>${name}</name><dataType>${dataType}</dataType><isCollection>false</isCollection><isInput>true</isInput><isOutput>true</isOutput>${extra}</variables>`;

  it('decide, assign, loop, compute and look up', async () => {
    const body = `${status()}
      <recordLookups><name>Find</name>${next('Each')}<filterLogic>1 AND (2 OR 3)</filterLogic><filters><field>Name</field><operator>NotEqualTo</operator>${text('Z')}</filters><filters><field>Industry</field><operator>EqualTo</operator>${text('Energy')}</filters><filters><field>Name</field><operator>StartsWith</operator>${text('B')}</filters><getFirstRecordOnly>false</getFirstRecordOnly><object>Account</object><sortField>Name</sortField><sortOrder>Asc</sortOrder><storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>
      <loops><name>Each</name><collectionReference>Find</collectionReference><iterationOrder>Asc</iterationOrder>${next('Add', 'nextValueConnector')}${next('Enough', 'noMoreValuesConnector')}</loops>
      <assignments><name>Add</name>${next('Each')}<assignmentItems><assignToReference>count</assignToReference><operator>Add</operator><value><numberValue>1</numberValue></value></assignmentItems><assignmentItems><assignToReference>names</assignToReference><operator>Add</operator>${reference('Each.Name')}</assignmentItems></assignments>
      <decisions><name>Enough</name>${next('Few', 'defaultConnector')}<rules><name>Many</name><conditionLogic>and</conditionLogic><conditions><leftValueReference>count</leftValueReference><operator>GreaterThanOrEqualTo</operator><rightValue><numberValue>2</numberValue></rightValue></conditions>${next('Say')}</rules></decisions>
      <assignments><name>Say</name><assignmentItems><assignToReference>names</assignToReference><operator>Assign</operator>${reference('Sentence')}</assignmentItems></assignments>
      <assignments><name>Few</name><assignmentItems><assignToReference>names</assignToReference><operator>Assign</operator>${text('few')}</assignmentItems></assignments>
      <formulas><name>Sentence</name><dataType>String</dataType><expression>UPPER({!names}) &amp; ' ' &amp; TEXT({!count} * 1.5)</expression></formulas>
      ${variable('count', 'Number', '<value><numberValue>0</numberValue></value>')}${variable('names', 'String')}
      <start>${next('Find')}</start>`;
    org = openFlows({ Count: body });
    expect(org.flows.check()).toEqual([]);
    org.data.insert(
      [
        ['A', 'Energy'],
        ['B', null],
        ['C', 'Banking'],
        ['Z', 'Energy'],
      ].map(([Name, Industry]) => ({ attributes: { type: 'Account' }, Name, Industry })),
      org.system,
      SYSTEM,
    );
    expect((await org.flows.runAutolaunched('Count', { names: '' }, org.users.admin)).outputs).toEqual([{ count: 2, names: 'AB 3' }]);
    expect((await org.flows.runAutolaunched('Count', { names: 'x', count: -5 }, org.users.admin)).outputs).toEqual([
      { count: -3, names: 'few' },
    ]);
  });

  it('call other flows', async () => {
    const outer = `${status()}<subflows><name>Inner_Call</name><flowName>Inner</flowName><inputAssignments><name>word</name>${text('hello')}</inputAssignments><outputAssignments><name>word</name><assignToReference>answer</assignToReference></outputAssignments></subflows>${variable('answer', 'String')}<start>${next('Inner_Call')}</start>`;
    const inner = `${status()}<assignments><name>Twice</name><assignmentItems><assignToReference>word</assignToReference><operator>Assign</operator>${text('{!word} {!word}')}</assignmentItems></assignments>${variable('word', 'String')}<start>${next('Twice')}</start>`;
    org = openFlows({ Outer: outer, Inner: inner });
    expect((await org.flows.runAutolaunched('Outer', {}, org.users.admin)).outputs).toEqual([{ answer: 'hello hello' }]);
  });

  it('start from platform events', async () => {
    const body = `${status()}<recordCreates><name>Make</name><inputAssignments><field>Name</field>${reference('$Record.Bill_Id__c')}</inputAssignments><object>Account</object></recordCreates><start>${next('Make')}<object>Bill_Event__e</object><triggerType>PlatformEvent</triggerType></start>`;
    org = openFlows({ On_Event: body });
    const { flows } = org;
    const runs: Promise<unknown>[] = [];
    org.data.onEvent((event) => void runs.push(flows.onEvent([event])));
    org.data.publish([{ attributes: { type: 'Bill_Event__e' }, Bill_Id__c: 'b1' }], org.system);
    await Promise.all(runs);
    expect(org.data.query('SELECT Name FROM Account', org.system).map((row) => row['Name'])).toEqual(['b1']);
  });
});

describe('what is refused at start', () => {
  it.each([
    ['<screens><name>Ask</name></screens>', '<screens> (Ask) is not supported'],
    ['<waits><name>Hold</name></waits>', '<waits> (Hold) is not supported'],
    ['<transforms><name>Turn</name></transforms>', '<transforms> (Turn) is not supported'],
    ['<apexPluginCalls><name>Old</name></apexPluginCalls>', '<apexPluginCalls> (Old) is not supported'],
    ['<orchestratedStages><name>Stage</name></orchestratedStages>', '<orchestratedStages> (Stage) is not supported'],
    [
      '<actionCalls><name>Mail</name><actionName>emailSimple</actionName><actionType>emailSimple</actionType></actionCalls>',
      'Mail: actions of type emailSimple are not supported',
    ],
    [
      '<actionCalls><name>Ext</name><actionName>Client.op</actionName><actionType>externalService</actionType></actionCalls>',
      'Ext: actions of type externalService are not supported',
    ],
    [
      `<assignments><name>Set</name>${next('Nowhere')}<assignmentItems><assignToReference>ghost</assignToReference><operator>Assign</operator>${text('x')}</assignmentItems></assignments>`,
      'Set: there is no element Nowhere',
    ],
    [
      `<assignments><name>Set</name><assignmentItems><assignToReference>ghost</assignToReference><operator>Assign</operator>${text('x')}</assignmentItems></assignments>`,
      'Set: there is nothing named ghost',
    ],
    [
      `<recordCreates><name>Make</name><inputAssignments><field>Nope__c</field>${text('x')}</inputAssignments><object>Account</object></recordCreates>`,
      'Make: Account has no field Nope__c',
    ],
    [
      '<actionCalls><name>Call</name><actionName>Ghost</actionName><actionType>apex</actionType></actionCalls>',
      'Call: there is no invocable action Ghost',
    ],
    [
      '<actionCalls><name>Call</name><actionName>Note</actionName><actionType>apex</actionType></actionCalls>',
      'Call: the input name of Note is required',
    ],
  ])('%s', (body, message) => {
    org = openFlows({ Bad: `${status('Draft')}\n${body}` }, { Note: ACTION });
    const problems = org.flows.check();
    expect(problems.map((one) => one.message).join('\n')).toContain(message);
    expect(problems[0]).toMatchObject({ file: expect.stringMatching(/flows\/Bad\.flow-meta\.xml$/) as string, line: 3 });
  });

  it('the immediate path of a record-triggered flow', () => {
    org = openFlows(
      {
        Bad: `${status()}${action('')}\n<start>${next('Call_Note')}<object>Account</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordAfterSave</triggerType></start>`,
      },
      { Note: ACTION },
    );
    expect(org.flows.check()[0]?.message).toContain('The immediate path of a record-triggered flow (Call_Note) is not supported');
  });
});
