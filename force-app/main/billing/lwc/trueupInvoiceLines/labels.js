import ADD_LINE from '@salesforce/label/c.Trueup_Add_Line';
import AMOUNT from '@salesforce/label/c.Trueup_Amount';
import BILLED_IN_FULL from '@salesforce/label/c.Trueup_Billed_In_Full';
import DESCRIPTION from '@salesforce/label/c.Trueup_Description';
import FIELD_OF_LINE from '@salesforce/label/c.Trueup_Field_Of_Line';
import INCLUDE from '@salesforce/label/c.Trueup_Include';
import LEFT from '@salesforce/label/c.Trueup_Left_To_Bill';
import LEFT_OF from '@salesforce/label/c.Trueup_Left_Of';
import LINES from '@salesforce/label/c.Trueup_Lines';
import NEW_LINE from '@salesforce/label/c.Trueup_New_Line';
import NO_LINES from '@salesforce/label/c.Trueup_No_Lines';
import NO_LINES_FREE from '@salesforce/label/c.Trueup_No_Lines_Free';
import PRODUCT from '@salesforce/label/c.Trueup_Product';
import QUANTITY from '@salesforce/label/c.Trueup_Quantity';
import REMOVE_LINE from '@salesforce/label/c.Trueup_Remove_Line';
import SEE_NOTE from '@salesforce/label/c.Trueup_See_Note';
import SERVICE_DATE from '@salesforce/label/c.Trueup_Service_Date';
import UNIT_PRICE from '@salesforce/label/c.Trueup_Unit_Price';

export const LABEL = {
  addLine: ADD_LINE,
  amount: AMOUNT,
  billedInFull: BILLED_IN_FULL,
  description: DESCRIPTION,
  fieldOfLine: FIELD_OF_LINE,
  include: INCLUDE,
  left: LEFT,
  leftOf: LEFT_OF,
  lines: LINES,
  newLine: NEW_LINE,
  noLines: NO_LINES,
  noLinesFree: NO_LINES_FREE,
  product: PRODUCT,
  quantity: QUANTITY,
  removeLine: REMOVE_LINE,
  seeNote: SEE_NOTE,
  serviceDate: SERVICE_DATE,
  unitPrice: UNIT_PRICE,
};
