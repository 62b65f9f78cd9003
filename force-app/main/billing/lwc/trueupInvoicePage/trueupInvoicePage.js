import INVOICE_OBJECT from '@salesforce/schema/Trueup_Invoice__c';

/** The page reference of an invoice's record page. */
export function invoicePage(recordId) {
  return {
    type: 'standard__recordPage',
    attributes: { recordId, objectApiName: INVOICE_OBJECT.objectApiName, actionName: 'view' },
  };
}
