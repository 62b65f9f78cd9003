import { accounting, billing, metadata, setup } from './defect.ts';
import type { Defect } from './defect.ts';

const invoice = `${billing}/objects/Trueup_Invoice__c`;

/** Defects of objects, fields, permission sets, pages, flows and reports. */
export const metadataDefects: Defect[] = [
  {
    name: 'a misspelt element',
    check: 'metadata-schema',
    file: 'Terms__c',
    says: /<labell> is not an element of CustomField/,
    plant: (copy) => copy.edit(`${invoice}/fields/Terms__c.field-meta.xml`, '<label>Terms</label>', '<labell>Terms</labell>'),
  },
  {
    name: 'a value that is not boolean',
    check: 'metadata-schema',
    file: 'Memo__c',
    says: /must be true or false/,
    plant: (copy) => copy.edit(`${invoice}/fields/Memo__c.field-meta.xml`, '<required>false</required>', '<required>no</required>'),
  },
  {
    name: 'a type of field that does not exist',
    check: 'metadata-schema',
    file: 'Sent_At__c',
    says: /cannot be "Timestamp"/,
    plant: (copy) => copy.edit(`${invoice}/fields/Sent_At__c.field-meta.xml`, '<type>DateTime</type>', '<type>Timestamp</type>'),
  },
  {
    name: 'XML that is not well formed',
    check: 'metadata-schema',
    file: 'Trueup_Payment__c.tab',
    says: /not well-formed/,
    plant: (copy) => copy.edit(`${billing}/tabs/Trueup_Payment__c.tab-meta.xml`, '</motif>', '</motiv>'),
  },
  {
    name: 'equal elements apart',
    check: 'metadata-schema',
    file: 'Trueup_Credit_Memo_Compact',
    says: /must stand together/,
    plant: (copy) =>
      copy.edit(
        `${billing}/objects/Trueup_Credit_Memo__c/compactLayouts/Trueup_Credit_Memo_Compact.compactLayout-meta.xml`,
        '</label>',
        '</label>\n    <fields>Reason__c</fields>',
      ),
  },

  {
    name: 'a lookup to nowhere',
    check: 'object-references',
    file: 'Confirmed_By__c',
    says: /there is no object Trueup_Person__c/,
    plant: (copy) =>
      copy.edit(
        `${accounting}/objects/Trueup_Link__c/fields/Confirmed_By__c.field-meta.xml`,
        '<referenceTo>User<',
        '<referenceTo>Trueup_Person__c<',
      ),
  },
  {
    name: 'a formula with an unknown field',
    check: 'object-references',
    file: 'Total__c',
    says: /no field Taxes__c/,
    plant: (copy) => copy.edit(`${invoice}/fields/Total__c.field-meta.xml`, '+ Tax__c', '+ Taxes__c'),
  },
  {
    name: 'a validation rule with an unknown permission',
    check: 'object-references',
    file: 'Status_From_Books_Only',
    says: /no custom permission Trueup_Write_Bach/,
    plant: (copy) =>
      copy.edit(`${invoice}/validationRules/Status_From_Books_Only.validationRule-meta.xml`, 'Trueup_Write_Back)', 'Trueup_Write_Bach)'),
  },
  {
    name: 'a roll-up over an unknown field',
    check: 'object-references',
    file: 'Paid__c',
    says: /no field Amounts__c/,
    plant: (copy) => copy.edit(`${invoice}/fields/Paid__c.field-meta.xml`, '__c.Effective_Amount__c', '__c.Amounts__c'),
  },
  {
    name: 'a list view filtered by a value that does not exist',
    check: 'object-references',
    file: 'Overdue.listView',
    says: /"Opened" is not a value/,
    plant: (copy) => copy.edit(`${invoice}/listViews/Overdue.listView-meta.xml`, '<value>Open,', '<value>Opened,'),
  },

  {
    name: 'a permission set that lists a required field',
    check: 'permission-sets',
    file: 'Trueup_Sales_Rep',
    says: /Account__c is required or master-detail/,
    plant: (copy) =>
      copy.edit(
        `${setup}/permissionsets/Trueup_Sales_Rep.permissionset-meta.xml`,
        'Trueup_Invoice__c.Bill_To_Email__c',
        'Trueup_Invoice__c.Account__c',
      ),
  },
  {
    name: 'a permission set that lists a master-detail field',
    check: 'permission-sets',
    file: 'Trueup_Accountant',
    says: /Invoice__c is required or master-detail/,
    plant: (copy) =>
      copy.edit(
        `${setup}/permissionsets/Trueup_Accountant.permissionset-meta.xml`,
        'Trueup_Allocation__c.Kind__c',
        'Trueup_Allocation__c.Invoice__c',
      ),
  },
  {
    name: 'a principal without Read on UserExternalCredential',
    check: 'permission-sets',
    file: 'Trueup_Automation',
    says: /Read on UserExternalCredential/,
    plant: (copy) =>
      copy.edit(`${setup}/permissionsets/Trueup_Automation.permissionset-meta.xml`, 'UserExternalCredential', 'Trueup_Link__c'),
  },
  {
    name: "a right to change the customer's accounts",
    check: 'permission-sets',
    file: 'Trueup_Integration.',
    says: /Account is not ours/,
    plant: (copy) =>
      copy.edit(
        `${setup}/permissionsets/Trueup_Integration.permissionset-meta.xml`,
        '<allowEdit>false</allowEdit>\n        <allowRead>true</allowRead>\n        <modifyAllRecords>false</modifyAllRecords>\n        <object>Account<',
        '<allowEdit>true</allowEdit>\n        <allowRead>true</allowRead>\n        <modifyAllRecords>false</modifyAllRecords>\n        <object>Account<',
      ),
  },
  {
    name: 'a right to change all records without the right to delete them',
    check: 'permission-sets',
    file: 'Trueup_Billing_Admin',
    says: /Modify All needs Edit, Delete and View All/,
    plant: (copy) =>
      copy.edit(
        `${setup}/permissionsets/Trueup_Billing_Admin.permissionset-meta.xml`,
        '<allowDelete>true</allowDelete>\n        <allowEdit>true</allowEdit>\n        <allowRead>true</allowRead>\n        <modifyAllRecords>true</modifyAllRecords>\n        <object>Trueup_Match_Review__c<',
        '<allowDelete>false</allowDelete>\n        <allowEdit>true</allowEdit>\n        <allowRead>true</allowRead>\n        <modifyAllRecords>true</modifyAllRecords>\n        <object>Trueup_Match_Review__c<',
      ),
  },
  {
    name: 'a permission set for a class that does not exist',
    check: 'permission-sets',
    file: 'Trueup_Billing_Admin',
    says: /no Apex class TrueupSyncControl$/,
    plant: (copy) =>
      copy.edit(`${setup}/permissionsets/Trueup_Billing_Admin.permissionset-meta.xml`, '>TrueupSyncController<', '>TrueupSyncControl<'),
  },

  {
    name: 'a page with a component that does not exist',
    check: 'page-references',
    file: 'Trueup_Account_Record_Page',
    says: /no component trueupBillingSum$/,
    plant: (copy) =>
      copy.edit(
        `${billing}/flexipages/Trueup_Account_Record_Page.flexipage-meta.xml`,
        '<componentName>trueupBillingSummary<',
        '<componentName>trueupBillingSum<',
      ),
  },
  {
    name: 'a page with an action that does not exist',
    check: 'page-references',
    file: 'Trueup_Opportunity_Record_Page',
    says: /no quick action Opportunity.Trueup_Bill/,
    plant: (copy) =>
      copy.edit(
        `${billing}/flexipages/Trueup_Opportunity_Record_Page.flexipage-meta.xml`,
        '<value>Opportunity.Trueup_Issue_Invoice<',
        '<value>Opportunity.Trueup_Bill<',
      ),
  },
  {
    name: 'an app with a tab that does not exist',
    check: 'page-references',
    file: 'Trueup_Billing.app',
    says: /no tab Trueup_Ledger__c/,
    plant: (copy) => copy.edit(`${setup}/applications/Trueup_Billing.app-meta.xml`, '<tabs>Trueup_Link__c<', '<tabs>Trueup_Ledger__c<'),
  },
  {
    name: 'a layout without its required field',
    check: 'page-references',
    file: 'Trueup_Invoice_Layout',
    says: /Account__c is required and missing/,
    plant: (copy) =>
      copy.edit(`${billing}/layouts/Trueup_Invoice__c-Trueup_Invoice_Layout.layout-meta.xml`, '<field>Account__c<', '<field>Memo__c<'),
  },

  {
    name: 'a flow that goes nowhere',
    check: 'flow-references',
    file: 'Trueup_Nightly_Sync',
    says: /no element Note_Failure/,
    plant: (copy) =>
      copy.edit(
        `${accounting}/flows/Trueup_Nightly_Sync.flow-meta.xml`,
        '<targetReference>Note_Failed_Run<',
        '<targetReference>Note_Failure<',
      ),
  },
  {
    name: 'a flow that writes a value that does not exist',
    check: 'flow-references',
    file: 'Trueup_Nightly_Sync',
    says: /"Broken" is not a value of State__c/,
    plant: (copy) => copy.edit(`${accounting}/flows/Trueup_Nightly_Sync.flow-meta.xml`, '<stringValue>Failed<', '<stringValue>Broken<'),
  },
  {
    name: 'a flow with an unknown input',
    check: 'flow-references',
    file: 'Trueup_Issue_Invoice_When_Won',
    says: /no input recordId/,
    plant: (copy) => copy.edit(`${billing}/flows/Trueup_Issue_Invoice_When_Won.flow-meta.xml`, '<name>sourceId<', '<name>recordId<'),
  },
  {
    name: 'a callout in the transaction of a save',
    check: 'flow-references',
    file: 'Trueup_Issue_Invoice_When_Won',
    says: /asynchronous path only/,
    plant: (copy) =>
      copy.edit(
        `${billing}/flows/Trueup_Issue_Invoice_When_Won.flow-meta.xml`,
        '<doesRequireRecord',
        '<connector>\n            <targetReference>Issue_Invoice</targetReference>\n        </connector>\n        <doesRequireRecord',
      ),
  },

  {
    name: 'a dashboard of a report that does not exist',
    check: 'report-references',
    file: 'Trueup_Billing.dashboard',
    says: /no report Trueup_Reports\/Trueup_Open$/,
    plant: (copy) =>
      copy.edit(`${billing}/dashboards/Trueup_Dashboards/Trueup_Billing.dashboard-meta.xml`, '/Trueup_Open_Invoices<', '/Trueup_Open<'),
  },
  {
    name: 'a report by a column its type lacks',
    check: 'report-references',
    file: 'Trueup_Invoices_By_Status',
    says: /offers no column Trueup_Invoice__c\$State__c/,
    plant: (copy) => copy.edit(`${billing}/reports/Trueup_Reports/Trueup_Invoices_By_Status.report-meta.xml`, '$Status__c<', '$State__c<'),
  },

  {
    name: 'a permission set without the prefix',
    check: 'names',
    file: 'Sales_Rep',
    says: /Sales_Rep must begin with Trueup_/,
    plant: (copy) =>
      copy.write(
        `${setup}/permissionsets/Sales_Rep.permissionset-meta.xml`,
        metadata('PermissionSet', '    <description>x</description>\n    <label>Sales Rep</label>'),
      ),
  },
  {
    name: 'a child relationship without the prefix',
    check: 'names',
    file: 'Opportunity__c',
    says: /child relationship Invoices must begin/,
    plant: (copy) =>
      copy.edit(`${invoice}/fields/Opportunity__c.field-meta.xml`, '<relationshipName>Trueup_Invoices<', '<relationshipName>Invoices<'),
  },
  {
    name: 'a lookup to an object an org may lack',
    check: 'optional-features',
    file: 'Order_Ref__c',
    says: /Order cannot be named in the main package/,
    plant: (copy) =>
      copy.write(
        `${invoice}/fields/Order_Ref__c.field-meta.xml`,
        metadata(
          'CustomField',
          '    <fullName>Order_Ref__c</fullName>\n    <description>x</description>\n    <inlineHelpText>x</inlineHelpText>\n    <label>Order</label>\n    <referenceTo>Order</referenceTo>\n    <relationshipName>Trueup_Bills</relationshipName>\n    <type>Lookup</type>',
        ),
      ),
  },
  {
    name: 'a field without help',
    check: 'field-help',
    file: 'Voided_At__c',
    says: /no <inlineHelpText>/,
    plant: (copy) =>
      copy.edit(
        `${invoice}/fields/Voided_At__c.field-meta.xml`,
        '<inlineHelpText>When the invoice was voided in both books.</inlineHelpText>',
        '',
      ),
  },
];
