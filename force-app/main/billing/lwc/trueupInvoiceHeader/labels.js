import BILL_TO_ACCOUNT from '@salesforce/label/c.Trueup_Bill_To_Account';
import BILL_TO_CONTACT from '@salesforce/label/c.Trueup_Bill_To_Contact';
import DELIVERY from '@salesforce/label/c.Trueup_Delivery';
import DO_NOT_SEND from '@salesforce/label/c.Trueup_Do_Not_Send';
import INVOICE_DATE from '@salesforce/label/c.Trueup_Invoice_Date';
import MEMO from '@salesforce/label/c.Trueup_Memo';
import NO_CONTACT from '@salesforce/label/c.Trueup_No_Contact';
import PO_NUMBER from '@salesforce/label/c.Trueup_PO_Number';
import SEND from '@salesforce/label/c.Trueup_Send_By_Stripe';
import TERMS from '@salesforce/label/c.Trueup_Terms';

export const LABEL = {
  account: BILL_TO_ACCOUNT,
  contact: BILL_TO_CONTACT,
  delivery: DELIVERY,
  invoiceDate: INVOICE_DATE,
  memo: MEMO,
  noContact: NO_CONTACT,
  poNumber: PO_NUMBER,
  terms: TERMS,
};

export const DELIVERY_OPTIONS = [
  { label: SEND, value: 'send' },
  { label: DO_NOT_SEND, value: 'do-not-send' },
];
