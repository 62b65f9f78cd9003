import type { CoverageRow, Fidelity } from '../core/coverage.ts';
import type { Provenance } from './schema/model.ts';
import type { OrgSchema } from './schema/model.ts';
import type { Route } from './routes/api.ts';

const FIDELITY: Record<Provenance, Fidelity> = {
  package: 'documented',
  recorded: 'recorded',
  documented: 'documented',
  types: 'typed',
  memory: 'assumed',
};

const ROUTE_SOURCES: [prefix: string, fidelity: Fidelity, source: string][] = [
  ['/ui-api/records', 'recorded', 'LWC Recipes test data; UI API guide'],
  ['/ui-api/record-defaults', 'recorded', 'LWC Recipes test data'],
  ['/ui-api', 'documented', 'developer.salesforce.com/docs User Interface API guide'],
  ['/query', 'recorded', 'tests of the AppLink SDK'],
  ['/sobjects', 'recorded', 'tests of the AppLink SDK; recorded describes'],
  ['/composite/graph', 'recorded', 'tests of the AppLink SDK'],
  ['/composite', 'documented', 'developer.salesforce.com/docs REST API guide, Composite'],
  ['/jobs', 'documented', 'developer.salesforce.com/docs Bulk API 2.0 guide; job info recorded in the tests of the AppLink SDK'],
  ['/named-credentials', 'documented', 'developer.salesforce.com/docs Connect REST API, Named Credentials'],
  ['/', 'documented', 'developer.salesforce.com/docs REST API guide'],
];

const RULES: CoverageRow[] = [
  { item: 'Ids of 15 and 18 characters with checksum', kind: 'rule', fidelity: 'documented', source: 'help.salesforce.com, record ids' },
  {
    item: 'Error bodies: status, code, message, fields, key order',
    kind: 'rule',
    fidelity: 'recorded',
    source: 'tests of the AppLink SDK; REST bodies pasted in public issues',
  },
  {
    item: 'SOQL: paths, subqueries, aggregates, semi-joins, date literals, USER_MODE',
    kind: 'rule',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs SOQL and SOSL reference',
  },
  {
    item: 'Order of save: types, required, rules, unique, roll-ups',
    kind: 'rule',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs Apex guide, Triggers and Order of Execution',
  },
  { item: 'Formulas', kind: 'rule', fidelity: 'documented', source: 'help.salesforce.com, formula operators and functions' },
  {
    item: 'Object rights, field-level security, sharing by owner, share and parent',
    kind: 'rule',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs Security guide; no role hierarchy, no groups, no criteria',
  },
  {
    item: 'Person accounts: one person as account and contact; the name of one is refused in a save',
    kind: 'rule',
    fidelity: 'documented',
    source: 'help.salesforce.com, Person Accounts; refusal pasted in github.com/sorenkrabbe/Chrome-Salesforce-inspector/issues/38',
  },
  { item: 'The contact of a person account may be saved by its own id', kind: 'rule', fidelity: 'assumed', source: 'none found' },
  { item: 'Texts of refusals of price-book, line and order rules', kind: 'rule', fidelity: 'assumed', source: 'none found' },
  {
    item: 'Opportunity amount and stage, order activation, price-book entries',
    kind: 'rule',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs Object reference',
  },
  {
    item: 'sObject tree: reference ids, 200 records, five levels, five types, all or none; texts of the limits are assumed',
    kind: 'rule',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs REST API guide, sObject Tree',
  },
  {
    item: 'Columns of a query (columns=true)',
    kind: 'rule',
    fidelity: 'typed',
    source: '@salesforce/plugin-data and public clients, which read them',
  },
  {
    item: 'Bulk API 2.0: states, CSV, sf__Error, line endings, #N/A, one upload per job, refusals of hard delete and of finished jobs',
    kind: 'rule',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs Bulk API 2.0 guide; answers of real orgs quoted in public repositories',
  },
  {
    item: 'Bulk API 2.0: codes and texts for unknown objects and keys, unreadable rows, uploads and results out of turn; page size',
    kind: 'rule',
    fidelity: 'assumed',
    source: 'Bulk API 1.0 where it has the case, else none found',
  },
  {
    item: 'Apex Metadata namespace: containers, enqueueDeployment of custom metadata records, callbacks and results; no layouts, no retrieve',
    kind: 'rule',
    fidelity: 'documented',
    source:
      'developer.salesforce.com/docs Apex reference, Metadata namespace; fields left out and null: Metadata API guide, CustomMetadata',
  },
  {
    item: 'Deployments from Apex: values of other types than primitives are refused as the statement runs',
    kind: 'rule',
    fidelity: 'recorded',
    source: 'github.com/jongpie/CustomMetadataSaver issue 4',
  },
  {
    item: 'Deployments from Apex: none within a test, with this exception and text',
    kind: 'rule',
    fidelity: 'recorded',
    source: 'github.com/jongpie/CustomMetadataSaver pull request 6 (that it is refused); the text from public Apex test suites',
  },
  {
    item: 'Deployments from Apex: texts of component problems, all or none, the callback runs as who queued it, a user without the right gets a failed result; no limit on how many are queued',
    kind: 'rule',
    fidelity: 'assumed',
    source: 'none found; who may deploy: help.salesforce.com, Metadata API Edit Access',
  },
  {
    item: 'Custom metadata records: reading as the user needs Customize Application or a grant on the type, which gives all fields',
    kind: 'rule',
    fidelity: 'documented',
    source: 'trailhead.salesforce.com, Protect Custom Metadata Types and Records (restricted by default)',
  },
  {
    item: 'OAuth: JWT bearer, client credentials, refresh, revoke, user info',
    kind: 'route',
    fidelity: 'documented',
    source: 'help.salesforce.com, OAuth authorization flows',
  },
  { item: 'AppLink authorizations', kind: 'route', fidelity: 'typed', source: '@heroku/applink' },
  {
    item: 'Change Data Capture over CometD: header, compound fields, channels, replay; changes of one second are not merged, no gap events',
    kind: 'route',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs Change Data Capture guide',
  },
  {
    item: 'Change events: every field reaches whoever may view all of the object, whatever its field-level security',
    kind: 'rule',
    fidelity: 'assumed',
    source: 'Salesforce delivers readable fields only',
  },
  {
    item: 'Platform events over CometD with replay',
    kind: 'route',
    fidelity: 'documented',
    source: 'developer.salesforce.com/docs Platform Events and Streaming API guides',
  },
];

/** What the org covers, for its coverage page. */
export function coverageRows(routes: Route[], schema: OrgSchema): CoverageRow[] {
  const routeRows = routes.map(({ method, path }): CoverageRow => {
    const [, fidelity = 'documented', source = ''] = ROUTE_SOURCES.find(([prefix]) => path.startsWith(prefix)) ?? [];
    return { item: `${method} /services/data/vNN.0${path}`, kind: 'route', fidelity, source };
  });
  const entityRows = schema.objects().map((object): CoverageRow => ({
    item: object.name,
    kind: 'entity',
    fidelity: FIDELITY[object.source],
    source:
      object.origin ??
      [...object.fields.values()].find((field) => field.origin && !field.origin.includes('System Fields'))?.origin ??
      'object reference',
  }));
  return [...routeRows, ...RULES, ...entityRows];
}
