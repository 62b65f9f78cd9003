/** How sure an attribute of the schema is. */
export type Provenance = 'package' | 'recorded' | 'documented' | 'types' | 'memory';

/** Field types as describe names them, plus the ones only the org itself knows. */
export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'picklist'
  | 'multipicklist'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'combobox'
  | 'base64';

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  isDefault: boolean;
}

/** A roll-up summary over the details of this object. */
export interface RollupSummary {
  operation: 'sum' | 'count' | 'min' | 'max';
  detailObject: string;
  /** The master-detail field on the detail that points here. */
  detailField: string;
  /** The summed field of the detail; absent for count. */
  summarizedField?: string;
  filters: { field: string; operation: string; value: string }[];
}

export interface OrgField {
  name: string;
  label: string;
  type: FieldType;
  helpText?: string;
  custom: boolean;
  /** Characters, for text. */
  length?: number;
  /** Digits in all, and after the point, for numbers. */
  precision?: number;
  scale?: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  unique?: boolean;
  caseSensitive?: boolean;
  externalId?: boolean;
  restrictedPicklist?: boolean;
  picklist?: PicklistValue[];
  defaultValue?: string | number | boolean;
  defaultFormula?: string;
  formula?: string;
  formulaBlanksAsZero?: boolean;
  rollup?: RollupSummary;
  autoNumber?: { format: string; start: number };
  /** Objects a reference may point to, and the relationship's names both ways. */
  referenceTo?: string[];
  relationshipName?: string;
  childRelationshipName?: string;
  onDelete?: 'setNull' | 'restrict' | 'cascade';
  masterDetail?: { reparentable: boolean; order: number };
  nameField?: boolean;
  /** Stored columns make up an address or a name; such a field is made from them on the way out. */
  compound?: string[];
  /** Attributes of describe that follow from nothing else; as recorded. */
  describe?: Readonly<Record<string, unknown>>;
  /** Kept by the store alone: Salesforce's object has no such field. */
  internal?: true;
  source: Provenance;
  /** Where an attribute was read: a file and line of the package, or a public document. */
  origin?: string;
}

export interface ValidationRule {
  name: string;
  formula: string;
  message: string;
  /** The field the message is shown at; absent: at the top of the page. */
  errorField?: string;
  origin: string;
}

export interface ListView {
  name: string;
  label: string;
  columns: string[];
  filters: { field: string; operation: string; value: string }[];
  booleanFilter?: string;
  scope: string;
}

/** Org-wide default of an object; `ControlledByParent` follows the master or the named parent field. */
export type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';

export interface OrgObject {
  name: string;
  label: string;
  labelPlural: string;
  /** First three characters of its ids; stable for a given package. */
  keyPrefix: string;
  kind: 'standard' | 'custom' | 'event' | 'metadata';
  sharingModel: SharingModel;
  /** The field whose record decides access when controlled by the parent. */
  sharingParent?: string;
  publishAfterCommit?: boolean;
  /** Records come with the org and cannot be written by API. */
  readOnly?: boolean;
  fields: Map<string, OrgField>;
  validationRules: ValidationRule[];
  listViews: ListView[];
  compactLayout: string[];
  /** Attributes of describe that follow from nothing else; as recorded. */
  describe?: Readonly<Record<string, unknown>>;
  source: Provenance;
  origin?: string;
}

export interface ChildRelationship {
  name: string | null;
  childObject: string;
  field: string;
  cascadeDelete: boolean;
  restrictedDelete: boolean;
}

/** Object and field rights a permission set (or the base profile) grants. */
export interface PermissionGrant {
  name: string;
  label: string;
  objects: Map<string, { read: boolean; create: boolean; edit: boolean; delete: boolean; viewAll: boolean; modifyAll: boolean }>;
  /** Keyed `object.field`, lower case. */
  fields: Map<string, { read: boolean; edit: boolean }>;
  customPermissions: Set<string>;
  userPermissions: Set<string>;
  /** Custom metadata types whose records may be read, in lower case. */
  metadataTypes: Set<string>;
  classAccess: Set<string>;
  externalCredentials: Set<string>;
  tabs: Map<string, string>;
  applications: Set<string>;
  origin: string;
}

/** Everything the org knows about its shape. Names are looked up without regard to case. */
export interface OrgSchema {
  objects(): OrgObject[];
  object(name: string): OrgObject | undefined;
  field(object: string, field: string): OrgField | undefined;
  /** `Account.Name`-like walk: the field a relationship name belongs to. */
  relationship(object: string, relationshipName: string): OrgField | undefined;
  children(object: string): ChildRelationship[];
  byKeyPrefix(prefix: string): OrgObject | undefined;
  permissionSets(): PermissionGrant[];
  labels: Map<string, string>;
  customPermissions: Map<string, string>;
  features: OrgFeatures;
}

export interface OrgFeatures {
  multiCurrency: boolean;
  personAccounts: boolean;
  orders: boolean;
  quotes: boolean;
}
