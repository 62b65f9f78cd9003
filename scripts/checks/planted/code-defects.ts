import { apex, billing, plantClass, plantComponent, shared } from './defect.ts';
import type { Defect } from './defect.ts';

/** Defects of Apex, components and of the repository's shape that are found by reading. */
export const codeDefects: Defect[] = [
  {
    name: 'a query for a field that does not exist',
    check: 'apex-references',
    file: 'TrueupSyncRunSelector',
    says: /no field Kinds__c/,
    plant: (copy) => copy.edit('force-app/main/accounting/classes/TrueupSyncRunSelector.cls', 'Kind__c', 'Kinds__c'),
  },
  {
    name: 'a label that does not exist',
    check: 'apex-references',
    file: 'TrueupPlantedLabel',
    says: /no label Trueup_No_Such/,
    plant: (copy) =>
      plantClass(copy, 'TrueupPlantedLabel', apex('TrueupPlantedLabel', 'throw TrueupPageCall.refusal(Label.Trueup_No_Such);')),
  },
  {
    name: 'a custom permission that does not exist',
    check: 'apex-references',
    file: 'TrueupPlantedPermission',
    says: /no custom permission Trueup_Isue/,
    plant: (copy) =>
      plantClass(copy, 'TrueupPlantedPermission', apex('TrueupPlantedPermission', "TrueupAccess.requirePermission('Trueup_Isue');")),
  },

  {
    name: 'a trigger',
    check: 'apex-rules',
    file: 'TrueupInvoice.trigger',
    says: /no triggers/,
    plant: (copy) =>
      copy.write(`${billing}/triggers/TrueupInvoice.trigger`, 'trigger TrueupInvoice on Trueup_Invoice__c (before insert) {}\n'),
  },
  {
    name: 'production code that knows of tests',
    check: 'apex-rules',
    file: 'TrueupPlantedTestMode',
    says: /must not know that a test runs/,
    plant: (copy) => plantClass(copy, 'TrueupPlantedTestMode', apex('TrueupPlantedTestMode', 'if (Test.isRunningTest()) { return; }')),
  },
  {
    name: 'a class without sharing',
    check: 'apex-rules',
    file: 'TrueupPlantedSharing',
    says: /without sharing needs an entry/,
    plant: (copy) => plantClass(copy, 'TrueupPlantedSharing', apex('TrueupPlantedSharing', 'return;', 'without sharing')),
  },
  {
    name: 'a query in system mode',
    check: 'apex-rules',
    file: 'TrueupPlantedQuery',
    says: /says WITH USER_MODE/,
    plant: (copy) =>
      plantClass(copy, 'TrueupPlantedQuery', apex('TrueupPlantedQuery', 'List<Account> all = [SELECT Id FROM Account LIMIT 1];')),
  },
  {
    name: 'a second gateway',
    check: 'apex-rules',
    file: 'TrueupPlantedGateway',
    says: /only TrueupFunctionGateway.cls calls out/,
    plant: (copy) =>
      plantClass(
        copy,
        'TrueupPlantedGateway',
        apex('TrueupPlantedGateway', "String target = 'callout:Trueup_Functions/v1/issue-invoice';"),
      ),
  },
  {
    name: 'an entry that is not thin',
    check: 'apex-rules',
    file: 'TrueupInvoiceController.cls',
    says: /at most 30 lines/,
    plant: (copy) =>
      copy.edit(
        `${billing}/classes/TrueupInvoiceController.cls`,
        '    @AuraEnabled',
        `${'    // one more line\n'.repeat(30)}    @AuraEnabled`,
      ),
  },
  {
    name: 'Stripe called from Salesforce',
    check: 'hosts',
    file: 'TrueupPlantedHost',
    says: /reached by the functions alone/,
    plant: (copy) => plantClass(copy, 'TrueupPlantedHost', apex('TrueupPlantedHost', "String url = 'https://api.stripe.com/v1/invoices';")),
  },
  {
    name: 'Apex that names orders',
    check: 'optional-features',
    file: 'TrueupPlantedOrder',
    says: /cannot be named in the main package/,
    plant: (copy) => plantClass(copy, 'TrueupPlantedOrder', apex('TrueupPlantedOrder', 'Order sale = new Order();')),
  },

  {
    name: 'a component that imports an unknown field',
    check: 'component-references',
    file: 'trueupPlantedField.js',
    says: /Trueup_Invoice__c has no field Totals__c/,
    plant: (copy) =>
      plantComponent(
        copy,
        'trueupPlantedField',
        "import { LightningElement } from 'lwc';\nimport TOTAL from '@salesforce/schema/Trueup_Invoice__c.Totals__c';\nexport default class TrueupPlantedField extends LightningElement {\n    total = TOTAL;\n}\n",
      ),
  },
  {
    name: 'a component that calls an unknown Apex method',
    check: 'component-references',
    file: 'trueupPlantedApex.js',
    says: /no @AuraEnabled static method readSummary/,
    plant: (copy) =>
      plantComponent(
        copy,
        'trueupPlantedApex',
        "import { LightningElement } from 'lwc';\nimport read from '@salesforce/apex/TrueupBillingSummaryController.readSummary';\nexport default class TrueupPlantedApex extends LightningElement {\n    read = read;\n}\n",
      ),
  },
  {
    name: 'a template with an unknown component',
    check: 'component-references',
    file: 'trueupPlantedChild.html',
    says: /no component c\/trueupNowhere/,
    plant: (copy) =>
      plantComponent(
        copy,
        'trueupPlantedChild',
        "import { LightningElement } from 'lwc';\nexport default class TrueupPlantedChild extends LightningElement {}\n",
        '<template>\n    <c-trueup-nowhere></c-trueup-nowhere>\n</template>\n',
      ),
  },
  {
    name: 'a component without the prefix',
    check: 'names',
    file: 'invoicePanel.js-meta',
    says: /invoicePanel must begin with Trueup_/,
    plant: (copy) =>
      plantComponent(
        copy,
        'invoicePanel',
        "import { LightningElement } from 'lwc';\nexport default class InvoicePanel extends LightningElement {}\n",
      ),
  },

  {
    name: 'an operation without a use case',
    check: 'operations',
    file: 'openapi.yaml',
    says: /refund-invoice has no functions\/src\/use-cases\/refund-invoice.ts/,
    plant: (copy) => {
      copy.edit('functions/openapi.yaml', 'paths:', 'paths:\n  /v1/refund-invoice:\n    post:\n      operationId: refund-invoice');
      copy.write('functions/src/endpoints/refund-invoice.ts', 'export {};\n');
    },
  },
  {
    name: 'Apex that calls an unknown operation',
    check: 'operations',
    file: 'TrueupPlantedCall',
    says: /no operation bill-invoice/,
    plant: (copy) =>
      plantClass(
        copy,
        'TrueupPlantedCall',
        apex('TrueupPlantedCall', "TrueupFunctionGateway.call('bill-invoice', new Map<String, Object>());"),
      ),
  },
  {
    name: 'a file that is too long',
    check: 'file-size',
    file: 'endless.ts',
    says: /301 lines/,
    plant: (copy) => copy.write('functions/src/use-cases/endless.ts', 'export {};\n'.repeat(301)),
  },
  {
    name: 'a drawer',
    check: 'drawers',
    file: 'functions/src/utils',
    says: /"utils" is a drawer/,
    plant: (copy) => copy.write('functions/src/utils/dates.ts', 'export {};\n'),
  },
  {
    name: 'a manager',
    check: 'drawers',
    file: 'TrueupInvoiceManager',
    says: /is a drawer/,
    plant: (copy) => plantClass(copy, 'TrueupInvoiceManager', apex('TrueupInvoiceManager', 'return;')),
  },
  {
    name: 'a label without the prefix',
    check: 'names',
    file: 'CustomLabels',
    says: /label Nothing_Left must begin/,
    plant: (copy) =>
      copy.edit(`${shared}/labels/CustomLabels.labels-meta.xml`, '<fullName>Trueup_Not_Connected<', '<fullName>Nothing_Left<'),
  },
  {
    name: 'an entry that asks for no permission',
    check: 'apex-rules',
    file: 'TrueupSyncController',
    says: /begins with TrueupAccess.require/,
    plant: (copy) =>
      copy.edit('force-app/main/accounting/classes/TrueupSyncController.cls', "TrueupAccess.requirePermission('Trueup_Run_Sync');", ''),
  },
  {
    name: 'a label that is there twice',
    check: 'labels',
    file: 'CustomLabels',
    says: /Trueup_Draft_Unreadable: it is there twice/,
    plant: (copy) =>
      copy.edit(
        `${shared}/labels/CustomLabels.labels-meta.xml`,
        '<fullName>Trueup_Record_Not_Editable<',
        '<fullName>Trueup_Draft_Unreadable<',
      ),
  },
];
