import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FaultPlan } from '../core/faults.ts';
import { createRightsBook } from './access/rights.ts';
import { createOrgData } from './org-data.ts';
import type { LocalOrgData } from './org-data.ts';
import type { OrgCore } from './dml/work.ts';
import { createFormulas } from './formulas/evaluator.ts';
import { loadSchema } from './schema/registry.ts';
import type { LoadedSchema } from './schema/registry.ts';
import type { OrgFeatures, SharingModel } from './schema/model.ts';
import type { SchemaProblem } from './schema/metadata-file.ts';
import { seedOrg } from './seed-org.ts';
import type { Persona } from './seed-people.ts';
import { openRecords } from './store.ts';

export interface OpenOrgOptions {
  /** Absolute package directories. */
  packageDirs: string[];
  features: OrgFeatures;
  currencies: string[];
  timeZone: string;
  faults: FaultPlan;
  now: number;
  dataDir?: string;
  sharing?: Record<string, SharingModel>;
}

export interface OpenOrg {
  data: LocalOrgData;
  loaded: LoadedSchema;
  orgId: string;
  users: Record<Persona, string>;
  close(): void;
}

/** What the package holds and the local org cannot honour, with file and line. */
export class UnsupportedMetadata extends Error {
  override name = 'UnsupportedMetadata';
  readonly problems: SchemaProblem[];

  constructor(problems: SchemaProblem[]) {
    super(
      `The local org cannot run this package:\n${problems.map(({ file, line, message }) => `  ${file}:${String(line)} ${message}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** Loads the package, opens the records and lays down what every org has. Without HTTP: for tests and the runner. */
export function openOrg(options: OpenOrgOptions): OpenOrg {
  const loaded = loadSchema({
    directories: options.packageDirs,
    features: options.features,
    currencies: options.currencies,
    ...(options.sharing ? { sharing: options.sharing } : {}),
  });
  if (options.dataDir) mkdirSync(options.dataDir, { recursive: true });
  const store = openRecords(loaded.schema, options.dataDir ? path.join(options.dataDir, 'org.sqlite') : undefined);
  const book = createRightsBook(loaded.schema, store);
  const formulas = createFormulas(loaded.schema, store, book, loaded.problems);
  if (loaded.problems.length) {
    store.close();
    throw new UnsupportedMetadata(loaded.problems);
  }
  const core: OrgCore = {
    schema: loaded.schema,
    store,
    book,
    formulas,
    faults: options.faults,
    timeZone: options.timeZone,
    corporateCurrency: options.currencies[0] ?? 'USD',
  };
  const data = createOrgData(core, loaded.contents.records);
  const access = (name: string): string =>
    ({ Private: 'None', Read: 'Read', ReadWrite: 'Edit', ControlledByParent: 'ControlledByParent' })[
      loaded.schema.object(name)?.sharingModel ?? 'Private'
    ];
  const point = store.begin();
  const { orgId, users } = seedOrg(core, options.now, {
    orgName: 'Trueup Sandbox',
    timeZone: options.timeZone,
    currencies: options.currencies,
    sharing: { account: access('Account'), opportunity: access('Opportunity') },
    records: loaded.contents.records,
  });
  point.commit();
  return { data, loaded, orgId, users, close: () => store.close() };
}

/** The directories of a package root: a folder with `main` in it stands for its parts, the Orders extension only with Orders. */
export function packageDirectories(root: string, features: OrgFeatures): string[] {
  if (!existsSync(path.join(root, 'main'))) return [root];
  return [path.join(root, 'main'), path.join(root, 'tests'), ...(features.orders ? [path.join(root, 'extensions', 'orders')] : [])].filter(
    (directory) => existsSync(directory),
  );
}
