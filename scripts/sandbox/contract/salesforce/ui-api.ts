import path from 'node:path';
import type { Json, JsonObject } from '../compare.ts';
import { filesIn, readJson } from '../fixtures.ts';
import { judge, notApplicable } from '../verdict.ts';
import type { Finding } from '../verdict.ts';
import { startReferenceOrg } from './reference-org.ts';
import type { ReferenceOrg } from './reference-org.ts';

type Ask = (reference: ReferenceOrg, recorded: JsonObject) => Promise<JsonObject>;

const get = async ({ call }: ReferenceOrg, resource: string): Promise<JsonObject> => (await call('GET', resource)).body as JsonObject;

/** Reads the recorded fields of a record like the recorded one. */
const record =
  (type: string, fields: JsonObject): Ask =>
  async (reference, recorded) => {
    const id =
      type === 'User'
        ? reference.org.users.rep.id
        : ((await reference.call('POST', `/sobjects/${type}`, fields)).body as { id: string }).id;
    const known = await knownFields(reference, type);
    const names = Object.keys(recorded['fields'] as JsonObject).filter((name) => known.has(name));
    return get(reference, `/ui-api/records/${id}?fields=${names.map((name) => `${type}.${name}`).join(',')}`);
  };

async function knownFields({ call }: ReferenceOrg, type: string): Promise<Set<string>> {
  const { fields } = (await call('GET', `/sobjects/${type}/describe`)).body as {
    fields: { name: string; relationshipName: string | null }[];
  };
  return new Set(fields.flatMap(({ name, relationshipName }) => (relationshipName ? [name, relationshipName] : [name])));
}

const PERSON = { FirstName: 'Amy', LastName: 'Taylor', Email: 'amy@demo.net', Phone: '4152568563', Title: 'VP of Engineering' };
const ASK: Record<string, Ask> = {
  'contactInfo.getRecord.json': record('Contact', PERSON),
  'lmsSubscriberWebComponent.getRecordNoPicture.json': record('Contact', PERSON),
  'ldsNotifyRecordUpdateAvailable.getRecord.json': record('Contact', PERSON),
  'editRecordScreenAction.getRecord.json': record('User', {}),
  'wireGetRecordUser.getRecord.json': record('User', {}),
  'ldsCreateRecord.createRecord.json': async ({ call }) =>
    (await call('POST', '/ui-api/records', { apiName: 'Account', fields: { Name: 'Universal Containers' } })).body as JsonObject,
  'ldsGenerateRecordInputForCreate.getRecordCreateDefaults.json': (reference) => get(reference, '/ui-api/record-defaults/create/Account'),
};

const NOT_APPLICABLE: [RegExp, string][] = [
  [/graphql/, 'the GraphQL wire adapter is not modelled; partly shaped by hand at its origin'],
  [
    /^ldsGenerateRecordInputForCreate\.generateRecordInputForCreate/,
    'made in the browser by lightning/uiRecordApi, not an answer of an org',
  ],
];

/** Lists and maps that hold what the recorded org has of its own: only the shape of their entries is compared. */
const OWN = new Set([
  'fields',
  'childRelationships',
  'objectInfos',
  'recordTypeInfos',
  'picklistValues',
  'referenceToInfos',
  'sections',
  'layoutRows',
  'layoutItems',
  'layoutComponents',
  'nameFields',
  'dependentFields',
]);

/** Keys that came after these answers were recorded in 2019; the UI API guide documents them. */
const LATER = new Set(['recordTypeId', 'weakEtag', 'eTag', 'objectApiName', 'saveOptions', 'associateEntityType', 'associateParentEntity']);

/** UI API answers of LWC Recipes: key sets, at every depth, and kinds of values. */
export async function compareUiApi(folder: string): Promise<Finding[]> {
  const answers = path.join(folder, 'salesforce/lwc-recipes');
  const reference = await startReferenceOrg();
  try {
    const findings: Finding[] = [];
    for (const file of filesIn(answers)) {
      const reason = NOT_APPLICABLE.find(([pattern]) => pattern.test(file))?.[1];
      const ask = ASK[file];
      if (reason) findings.push(notApplicable(file, reason));
      else if (!ask) findings.push(judge(file, ['no request is known for this answer']));
      else {
        const recorded = readJson<JsonObject>(answers, file);
        findings.push(judge(file, shapeDifferences(await ask(reference, recorded), recorded, '')));
      }
    }
    return findings;
  } finally {
    await reference.org.stop();
  }
}

const isMap = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const kind = (value: Json | undefined): string =>
  value === undefined ? 'missing' : value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

function shapeDifferences(ours: Json | undefined, theirs: Json, at: string, isOwn = false): string[] {
  if (Array.isArray(theirs) && Array.isArray(ours))
    return ours[0] === undefined || theirs[0] === undefined ? [] : shapeDifferences(ours[0], theirs[0], `${at}[]`);
  if (isMap(theirs) && isMap(ours)) {
    // Of a map of the org's own, each entry both have is compared; of any other object every key must be there.
    const names = Object.keys(theirs).filter((name) => !isOwn || name in ours);
    const extra = isOwn ? [] : Object.keys(ours).filter((name) => !(name in theirs) && !LATER.has(name));
    return [
      ...extra.map((name) => `${at}.${name}: not recorded`),
      ...names.flatMap((name) => shapeDifferences(ours[name], theirs[name]!, at ? `${at}.${name}` : name, OWN.has(name))),
    ];
  }
  // Null stands for any kind.
  if (ours !== undefined && (ours === null || theirs === null)) return [];
  return kind(ours) === kind(theirs) ? [] : [`${at}: here ${kind(ours)}, recorded ${kind(theirs)}`];
}
