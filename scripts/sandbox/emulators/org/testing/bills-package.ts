import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const header = '<?xml version="1.0" encoding="UTF-8"?>\n';
const root = (name: string, body: string): string =>
  `${header}<${name} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body.trim()}\n</${name}>\n`;

/** Elements by name; a list repeats the element. */
export type Xml = Record<string, string | number | boolean | Xml[]>;

function render(content: Xml, indent = '    '): string {
  return Object.entries(content)
    .flatMap(([tag, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) =>
        typeof one === 'object'
          ? `${indent}<${tag}>\n${render(one, `${indent}    `)}\n${indent}</${tag}>`
          : `${indent}<${tag}>${String(one).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</${tag}>`,
      ),
    )
    .join('\n');
}

/** Files of a small package of bills and their lines, by path. */
export function billsFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  const object = (name: string, content: Xml): void => {
    files[`objects/${name}/${name}.object-meta.xml`] = root('CustomObject', render(content));
  };
  const field = (owner: string, name: string, content: Xml): void => {
    files[`objects/${owner}/fields/${name}.field-meta.xml`] = root(
      'CustomField',
      render({ fullName: name, label: name.replace(/__c$/, '').replaceAll('_', ' '), ...content }),
    );
  };
  object('Bill__c', {
    label: 'Bill',
    pluralLabel: 'Bills',
    nameField: [{ label: 'Bill Number', type: 'AutoNumber', displayFormat: 'B-{0000}' }],
    sharingModel: 'Private',
    deploymentStatus: 'Deployed',
  });
  field('Bill__c', 'Account__c', {
    type: 'Lookup',
    referenceTo: 'Account',
    relationshipName: 'Bills',
    deleteConstraint: 'Restrict',
    required: true,
  });
  field('Bill__c', 'Contact__c', { type: 'Lookup', referenceTo: 'Contact', relationshipName: 'Bills', deleteConstraint: 'SetNull' });
  field('Bill__c', 'Key__c', { type: 'Text', length: 40, unique: true, externalId: true, caseSensitive: true });
  field('Bill__c', 'Number__c', { type: 'Text', length: 21, externalId: true });
  field('Bill__c', 'Status__c', {
    type: 'Picklist',
    valueSet: [
      {
        restricted: true,
        valueSetDefinition: [
          {
            sorted: false,
            value: [
              { fullName: 'Open', default: true, label: 'Open' },
              { fullName: 'Paid', default: false, label: 'Paid in full' },
            ],
          },
        ],
      },
    ],
  });
  field('Bill__c', 'Sent__c', { type: 'Checkbox', defaultValue: false });
  field('Bill__c', 'Due__c', { type: 'Date' });
  field('Bill__c', 'Paid_At__c', { type: 'DateTime' });
  field('Bill__c', 'Subtotal__c', {
    type: 'Summary',
    summarizedField: 'Bill_Line__c.Amount__c',
    summaryForeignKey: 'Bill_Line__c.Bill__c',
    summaryOperation: 'sum',
  });
  field('Bill__c', 'Extra__c', {
    type: 'Summary',
    summarizedField: 'Bill_Line__c.Amount__c',
    summaryForeignKey: 'Bill_Line__c.Bill__c',
    summaryOperation: 'sum',
    summaryFilterItems: [{ field: 'Bill_Line__c.Kind__c', operation: 'equals', value: 'Extra' }],
  });
  field('Bill__c', 'Lines__c', { type: 'Summary', summaryForeignKey: 'Bill_Line__c.Bill__c', summaryOperation: 'count' });
  field('Bill__c', 'Tax__c', { type: 'Currency', precision: 18, scale: 3 });
  field('Bill__c', 'Total__c', {
    type: 'Currency',
    precision: 18,
    scale: 3,
    formula: 'Subtotal__c + Tax__c',
    formulaTreatBlanksAs: 'BlankAsZero',
  });
  field('Bill__c', 'Account_Name__c', { type: 'Text', formula: 'Account__r.Name & " / " & TEXT(Status__c)' });
  field('Bill__c', 'Secret__c', { type: 'Text', length: 20 });
  files['objects/Bill__c/validationRules/Total_Is_Not_Negative.validationRule-meta.xml'] = root(
    'ValidationRule',
    render({
      fullName: 'Total_Is_Not_Negative',
      active: true,
      errorConditionFormula: 'Total__c < 0',
      errorDisplayField: 'Tax__c',
      errorMessage: 'The total cannot be below zero.',
    }),
  );
  files['objects/Bill__c/validationRules/Sent_Stays_Sent.validationRule-meta.xml'] = root(
    'ValidationRule',
    render({
      fullName: 'Sent_Stays_Sent',
      active: true,
      errorConditionFormula: 'AND(NOT(ISNEW()), PRIORVALUE(Sent__c), NOT(Sent__c), NOT($Permission.Unsend_Bills))',
      errorMessage: 'A bill that was sent stays sent.',
    }),
  );
  files['objects/Bill__c/listViews/Open.listView-meta.xml'] = root(
    'ListView',
    render({
      fullName: 'Open',
      label: 'Open Bills',
      filterScope: 'Everything',
      columns: 'NAME',
      filters: [{ field: 'Status__c', operation: 'equals', value: 'Open' }],
    }),
  );
  object('Bill_Line__c', {
    label: 'Bill Line',
    pluralLabel: 'Bill Lines',
    nameField: [{ label: 'Line', type: 'AutoNumber', displayFormat: 'L-{000000}' }],
    sharingModel: 'ControlledByParent',
    deploymentStatus: 'Deployed',
  });
  field('Bill_Line__c', 'Bill__c', {
    type: 'MasterDetail',
    referenceTo: 'Bill__c',
    relationshipName: 'Bill_Lines',
    relationshipOrder: 0,
    reparentableMasterDetail: true,
  });
  field('Bill_Line__c', 'Amount__c', { type: 'Currency', precision: 18, scale: 3, required: true });
  field('Bill_Line__c', 'Kind__c', { type: 'Text', length: 20 });
  object('Bill_Event__e', {
    label: 'Bill Event',
    pluralLabel: 'Bill Events',
    eventType: 'HighVolume',
    publishBehavior: 'PublishAfterCommit',
    deploymentStatus: 'Deployed',
  });
  field('Bill_Event__e', 'Bill_Id__c', { type: 'Text', length: 18, required: true });
  files['customPermissions/Unsend_Bills.customPermission-meta.xml'] = root('CustomPermission', render({ label: 'Unsend bills' }));
  const visible = [
    'Bill__c.Contact__c',
    'Bill__c.Key__c',
    'Bill__c.Number__c',
    'Bill__c.Status__c',
    'Bill__c.Sent__c',
    'Bill__c.Due__c',
    'Bill__c.Paid_At__c',
    'Bill__c.Tax__c',
    'Bill_Line__c.Kind__c',
  ];
  const readOnly = ['Bill__c.Subtotal__c', 'Bill__c.Extra__c', 'Bill__c.Lines__c', 'Bill__c.Total__c', 'Bill__c.Account_Name__c'];
  const rights = (name: string, all: boolean): Xml => ({
    allowCreate: true,
    allowDelete: true,
    allowEdit: true,
    allowRead: true,
    modifyAllRecords: all,
    object: name,
    viewAllRecords: all,
  });
  // Named like the package's own sets, so that the seeded people get them.
  files['permissionsets/Trueup_Sales_Rep.permissionset-meta.xml'] = root(
    'PermissionSet',
    render({
      label: 'Biller',
      fieldPermissions: [
        ...visible.map((one) => ({ editable: true, field: one, readable: true })),
        ...readOnly.map((one) => ({ editable: false, field: one, readable: true })),
      ],
      objectPermissions: [
        rights('Bill__c', false),
        rights('Bill_Line__c', false),
        { ...rights('Bill_Event__e', false), allowDelete: false, allowEdit: false },
      ],
    }),
  );
  files['permissionsets/Trueup_Integration.permissionset-meta.xml'] = root(
    'PermissionSet',
    render({
      label: 'Integration',
      customPermissions: [{ enabled: true, name: 'Unsend_Bills' }],
      fieldPermissions: [
        ...visible.map((one) => ({ editable: true, field: one, readable: true })),
        ...readOnly.map((one) => ({ editable: false, field: one, readable: true })),
      ],
      objectPermissions: [
        rights('Bill__c', true),
        rights('Bill_Line__c', true),
        { ...rights('Bill_Event__e', false), allowDelete: false, allowEdit: false },
        { ...rights('Account', false), allowCreate: false, allowDelete: false, allowEdit: false, viewAllRecords: true },
      ],
    }),
  );
  return files;
}

/** Writes package files to a temporary folder and returns it; the same files to the same folder, so that runs leave no more and more behind. */
export function writePackage(files: Record<string, string>): string {
  const content = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const folder = path.join(tmpdir(), 'trueup-packages', content);
  if (existsSync(folder)) return folder;
  const half = `${folder}.${process.pid}`;
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(half, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(half, name), text);
  }
  try {
    renameSync(half, folder);
  } catch {
    // Another test run was faster.
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}
