// The import fence: who may import whom. Closed by default; scripts/checks/fence/fence.test.ts plants breaches and sees each caught.
// Needs TypeScript 6 or older: beside TypeScript 7 dependency-cruiser reads no .ts file and still exits 0, so the check fails on 0 modules.

const F = '^functions/src/';
const in_ = (...folders) => `${F}(${folders.join('|')})/`;
const SANDBOX = '^scripts/sandbox/';
const EMULATORS = `${SANDBOX}emulators/`;

/** The kinds of test that meet a provider through its real SDK. */
const MEETS_THE_SDK = ['^functions/test/', `${EMULATORS}.+\\.test\\.ts$`];
const PACKAGE = { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'] };

module.exports = {
  allowedSeverity: 'error',
  allowed: [
    { from: { path: in_('domain') }, to: { path: in_('domain') } },
    { from: { path: in_('ports') }, to: { path: in_('domain', 'ports') } },
    { from: { path: in_('use-cases') }, to: { path: in_('domain', 'ports', 'use-cases') } },
    { from: { path: in_('platform') }, to: { path: in_('platform') } },
    { from: { path: in_('endpoints') }, to: { path: in_('endpoints', 'use-cases', 'domain', 'platform') } },
    { from: { path: in_('inbox') }, to: { path: in_('inbox', 'use-cases', 'ports', 'domain', 'platform') } },
    { from: { path: in_('webhooks') }, to: { path: [in_('ports', 'domain', 'platform'), `${F}inbox/receive\\.ts$`] } },
    // An adapter sees the ports and its own folder, never a sibling provider.
    { from: { path: `${F}adapters/([^/]+)/` }, to: { path: [in_('domain', 'ports', 'platform'), `${F}adapters/$1/`] } },
    // Only the composition roots may join adapters to use cases.
    { from: { path: `${F}(main|worker|compose|limits|serve|work|health)\\.ts$` }, to: { path: F } },
    // A unit test, and a fixture of several, sees what its layer sees, plus the in-memory adapters.
    { from: { path: `${F}.+\\.(test|fixture)\\.ts$` }, to: { path: [in_('domain', 'ports', 'use-cases'), `${F}adapters/memory/`] } },
    // Contract tests, journeys and benches may start the sandbox through its one door.
    { from: { path: '^functions/test/' }, to: { path: ['^functions/(src|test)/', `${SANDBOX}index\\.ts$`] } },

    // Stand-ins never import product code: they meet it over HTTP. Each sees itself and the core.
    { from: { path: `${EMULATORS}([^/]+)/` }, to: { path: [`${EMULATORS}$1/`, `${EMULATORS}core/`] } },
    { from: { path: SANDBOX, pathNot: EMULATORS }, to: { path: SANDBOX } },
    // The record page renders the package's own components, so it is the one tool that sees them.
    { from: { path: `${SANDBOX}record-page/` }, to: { path: ['^force-app/main/[^/]+/lwc/', '^c/'] } },
    { from: { path: '^scripts/sf-plugin/' }, to: { path: ['^scripts/sf-plugin/', `${SANDBOX}index\\.ts$`] } },
    { from: { path: '^scripts/(checks|package)/' }, to: { path: '^scripts/$1/' } },

    { from: {}, to: PACKAGE },
  ],
  forbidden: [
    {
      name: 'stripe-sdk-stays-home',
      severity: 'error',
      comment: 'Only adapters/stripe knows the Stripe SDK.',
      from: { pathNot: [`${F}adapters/stripe/`, ...MEETS_THE_SDK] },
      to: { path: '(^|/)node_modules/stripe/' },
    },
    {
      name: 'quickbooks-sdk-stays-home',
      severity: 'error',
      comment: 'Only adapters/quickbooks knows Intuit.',
      from: { pathNot: [`${F}adapters/quickbooks/`, ...MEETS_THE_SDK] },
      to: { path: '(^|/)node_modules/(node-quickbooks|intuit-oauth)/' },
    },
    {
      name: 'salesforce-sdk-stays-home',
      severity: 'error',
      comment: 'Only adapters/salesforce and the sf plugin know the org.',
      from: { pathNot: [`${F}adapters/salesforce/`, '^scripts/sf-plugin/', ...MEETS_THE_SDK] },
      to: { path: '(^|/)node_modules/(@heroku/(applink|salesforce-sdk-nodejs)|jsforce|@salesforce/core)/' },
    },
    {
      name: 'engine-stays-home',
      severity: 'error',
      comment: 'Only adapters/engine knows DBOS, only adapters/postgres and adapters/engine know the database driver.',
      from: { path: F, pathNot: `${F}adapters/(engine|postgres)/` },
      to: { path: '(^|/)node_modules/(@dbos-inc/|pg/|@types/pg/)' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'No package, no Node built-in: readable and testable alone.',
      from: { path: in_('domain', 'ports', 'use-cases'), pathNot: ['\\.test\\.ts$', `${F}domain/match-customers/`] },
      to: PACKAGE,
    },
    {
      name: 'matching-reads-with-libraries',
      severity: 'error',
      comment: 'Telephone numbers, public suffixes and edit distances are read by well-kept tables, which are as pure as the rest.',
      from: { path: `${F}domain/match-customers/`, pathNot: '\\.test\\.ts$' },
      to: { ...PACKAGE, pathNot: '(^|/)node_modules/(fastest-levenshtein|libphonenumber-js|tldts)/' },
    },
    {
      name: 'deployed-code-needs-no-dev-package',
      severity: 'error',
      comment: 'What runs on Heroku installs without devDependencies.',
      from: { path: F, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      comment: 'Shared test code is a fake or a fixture, not a test file.',
      from: {},
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'fixtures-are-for-tests',
      severity: 'error',
      from: { pathNot: '\\.(test|fixture)\\.ts$' },
      to: { path: '\\.fixture\\.ts$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or hide a third.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // without this, type-only imports slip through
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    combinedDependencies: true, // a workspace may use what the root package.json declares
    doNotFollow: { path: ['node_modules', '^force-app/'] },
    exclude: { path: ['^scripts/sandbox/record-page/modules/', '^scripts/sf-plugin/lib/', '^functions/dist/'] },
  },
};
