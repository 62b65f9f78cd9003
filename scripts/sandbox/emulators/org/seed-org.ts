import { PROFILES } from './access/profiles.ts';
import type { MetadataRecord } from './data.ts';
import { makeId } from './ids/record-id.ts';
import type { OrgCore } from './dml/work.ts';
import type { OrgObject } from './schema/model.ts';
import { OPPORTUNITY_STAGES } from './schema/standard/opportunity.ts';
import { storedInstant } from './soql/dates.ts';
import { quote } from './store.ts';
import { existing, seedPeople } from './seed-people.ts';
import type { Persona } from './seed-people.ts';
import type { StoredRow } from './store.ts';

/** Units of the currency per one of the corporate currency. [made up, stable] */
const RATES: Record<string, number> = { USD: 1, EUR: 0.92, GBP: 0.78, JPY: 150, KWD: 0.31, CAD: 1.36 };
const PLACES: Record<string, number> = { JPY: 0, KWD: 3 };

export interface SeedOptions {
  orgName: string;
  timeZone: string;
  currencies: string[];
  sharing: { account: string; opportunity: string };
  records: MetadataRecord[];
}

/** Rows every org has before anybody works in it. Safe to run again: only what is missing is added. */
export function seedOrg(core: OrgCore, now: number, options: SeedOptions): { orgId: string; users: Record<Persona, string> } {
  const { schema, store } = core;
  const objectNamed = (name: string): OrgObject => {
    const object = schema.object(name);
    if (!object) throw new Error(`the schema lacks ${name}`);
    return object;
  };
  const stamp = storedInstant(now);
  const systemUser = makeId('005', 1);
  const put = (object: string, id: string, row: StoredRow): string => {
    const target = objectNamed(object);
    const audit: StoredRow = {
      CreatedDate: stamp,
      CreatedById: systemUser,
      LastModifiedDate: stamp,
      LastModifiedById: systemUser,
      SystemModstamp: stamp,
    };
    const known = store.get(target, id);
    if (known) store.update(target, id, row);
    else
      store.insert(target, {
        Id: id,
        ...Object.fromEntries(Object.entries(audit).filter(([name]) => target.fields.has(name.toLowerCase()))),
        ...row,
      });
    return id;
  };
  const orgId = put('Organization', makeId('00D', 1), {
    Name: options.orgName,
    OrganizationType: 'Developer Edition',
    InstanceName: 'LOCAL',
    IsSandbox: 1,
    Country: 'US',
    DefaultLocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: options.timeZone,
    FiscalYearStartMonth: 1,
    DefaultAccountAccess: options.sharing.account,
    DefaultOpportunityAccess: options.sharing.opportunity,
    DefaultContactAccess: 'ControlledByParent',
  });
  PROFILES.forEach((profile, index) => put('Profile', makeId('00e', index + 1), { Name: profile.name, UserType: 'Standard' }));
  schema.permissionSets().forEach((grant) =>
    put('PermissionSet', existing(core, 'PermissionSet', grant.name) ?? store.nextId(objectNamed('PermissionSet')), {
      Name: grant.name,
      Label: grant.label,
      IsCustom: 1,
      Type: 'Regular',
    }),
  );
  seedPermissions(core, put);
  OPPORTUNITY_STAGES.forEach((stage, index) =>
    put('OpportunityStage', makeId('01J', index + 1), {
      MasterLabel: stage.name,
      ApiName: stage.name,
      IsActive: 1,
      SortOrder: index + 1,
      IsClosed: Number(stage.closed),
      IsWon: Number(stage.won),
      ForecastCategoryName: stage.forecast,
      DefaultProbability: stage.probability,
    }),
  );
  if (schema.features.multiCurrency)
    options.currencies.forEach((code, index) =>
      put('CurrencyType', makeId('01L', index + 1), {
        IsoCode: code,
        ConversionRate: RATES[code] ?? 1,
        DecimalPlaces: PLACES[code] ?? 2,
        IsActive: 1,
        IsCorporate: Number(index === 0),
      }),
    );
  if (!store.prepare('SELECT 1 FROM "Pricebook2" WHERE "IsStandard" = 1').get())
    put('Pricebook2', store.nextId(objectNamed('Pricebook2')), { Name: 'Standard Price Book', IsActive: 1, IsStandard: 1 });
  for (const record of options.records) putRecord(core, record);
  return { orgId, users: seedPeople(core, put, options) };
}

/** Custom permissions as rows, and which permission set grants which. */
function seedPermissions(core: OrgCore, put: (object: string, id: string, row: StoredRow) => string): void {
  const { schema, store } = core;
  const object = schema.object('CustomPermission');
  const access = schema.object('SetupEntityAccess');
  if (!object || !access) return;
  store.prepare('DELETE FROM "SetupEntityAccess"').run();
  for (const [name, label] of schema.customPermissions) {
    const known = store.prepare('SELECT "Id" FROM "CustomPermission" WHERE "DeveloperName" = ?').get(name)?.['Id'] as string | undefined;
    const id = put('CustomPermission', known ?? store.nextId(object), { DeveloperName: name, MasterLabel: label, Language: 'en_US' });
    for (const grant of schema.permissionSets().filter((set) => set.customPermissions.has(name)))
      put('SetupEntityAccess', store.nextId(access), {
        ParentId: existing(core, 'PermissionSet', grant.name) ?? null,
        SetupEntityId: id,
        SetupEntityType: 'CustomPermission',
      });
  }
}

/** Custom metadata records are rows too, so that SOQL finds them. */
function putRecord(core: OrgCore, record: MetadataRecord): void {
  const object = core.schema.object(record.type);
  if (!object) return;
  const name = String(record.values['DeveloperName']);
  core.store.prepare(`DELETE FROM ${quote(object.name)} WHERE "DeveloperName" = ?`).run(name);
  const own = Object.entries(record.values).flatMap(([key, value]) => {
    const field = object.fields.get(key.toLowerCase());
    return field ? [[field.name, field.type === 'boolean' ? Number(value === 'true') : (value as string | null)] as const] : [];
  });
  core.store.insert(object, {
    Id: core.store.nextId(object),
    Label: record.label,
    QualifiedApiName: name,
    Language: 'en_US',
    ...Object.fromEntries(own),
  });
}
