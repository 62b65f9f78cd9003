import ACTIVE from '@salesforce/label/c.Trueup_Mapping_Active';
import ADD_FIELD from '@salesforce/label/c.Trueup_Mapping_Add_Field';
import ALL_COMPANIES from '@salesforce/label/c.Trueup_Mapping_All_Companies';
import BACK_TO from '@salesforce/label/c.Trueup_Mapping_Back_To';
import COMPANY from '@salesforce/label/c.Trueup_Mapping_Company';
import CONSTANT from '@salesforce/label/c.Trueup_Mapping_Constant';
import DATE_PATTERN from '@salesforce/label/c.Trueup_Mapping_Date_Pattern';
import DECIMALS from '@salesforce/label/c.Trueup_Mapping_Decimals';
import DEFAULT from '@salesforce/label/c.Trueup_Mapping_Default';
import FIELD from '@salesforce/label/c.Trueup_Mapping_Field';
import FIND from '@salesforce/label/c.Trueup_Mapping_Find';
import FIRST_CHARACTERS from '@salesforce/label/c.Trueup_Mapping_First_Characters';
import FROM from '@salesforce/label/c.Trueup_Mapping_From';
import INVOICE from '@salesforce/label/c.Trueup_Mapping_Object_Invoice';
import INVOICE_LINE from '@salesforce/label/c.Trueup_Mapping_Object_Invoice_Line';
import KEY from '@salesforce/label/c.Trueup_Mapping_Key';
import KIND from '@salesforce/label/c.Trueup_Mapping_Kind';
import KIND_CONSTANT from '@salesforce/label/c.Trueup_Mapping_Kind_Constant';
import KIND_FIELD from '@salesforce/label/c.Trueup_Mapping_Kind_Field';
import KIND_TEMPLATE from '@salesforce/label/c.Trueup_Mapping_Kind_Template';
import LEADS_TO from '@salesforce/label/c.Trueup_Mapping_Leads_To';
import LIST from '@salesforce/label/c.Trueup_Mapping_Type_List';
import NAME from '@salesforce/label/c.Trueup_Mapping_Name';
import NEEDED from '@salesforce/label/c.Trueup_Mapping_Needed';
import NUMBER from '@salesforce/label/c.Trueup_Mapping_Type_Number';
import OPPORTUNITY from '@salesforce/label/c.Trueup_Mapping_Object_Opportunity';
import OPPORTUNITY_PRODUCT from '@salesforce/label/c.Trueup_Mapping_Object_Opportunity_Product';
import ORDER from '@salesforce/label/c.Trueup_Mapping_Object_Order';
import ORDER_PRODUCT from '@salesforce/label/c.Trueup_Mapping_Object_Order_Product';
import QUOTE from '@salesforce/label/c.Trueup_Mapping_Object_Quote';
import QUOTE_LINE from '@salesforce/label/c.Trueup_Mapping_Object_Quote_Line';
import REQUIRED from '@salesforce/label/c.Trueup_Mapping_Required';
import SOURCE from '@salesforce/label/c.Trueup_Mapping_Source';
import TARGET from '@salesforce/label/c.Trueup_Mapping_Target';
import TARGET_FIELD from '@salesforce/label/c.Trueup_Mapping_Target_Field';
import TEMPLATE from '@salesforce/label/c.Trueup_Mapping_Template';
import TEXT from '@salesforce/label/c.Trueup_Mapping_Type_Text';
import TRANSFORM from '@salesforce/label/c.Trueup_Mapping_Transform';
import TYPE_DATE from '@salesforce/label/c.Trueup_Mapping_Type_Date';
import TYPE_EMAIL from '@salesforce/label/c.Trueup_Mapping_Type_Email';
import TYPE_YES_NO from '@salesforce/label/c.Trueup_Mapping_Type_Yes_No';
import UP_TO from '@salesforce/label/c.Trueup_Mapping_Up_To';
import YES_NO_WORDS from '@salesforce/label/c.Trueup_Mapping_Yes_No_Words';

export const LABEL = {
  active: ACTIVE,
  addField: ADD_FIELD,
  allCompanies: ALL_COMPANIES,
  backTo: BACK_TO,
  company: COMPANY,
  constant: CONSTANT,
  defaultValue: DEFAULT,
  field: FIELD,
  find: FIND,
  from: FROM,
  key: KEY,
  kind: KIND,
  leadsTo: LEADS_TO,
  name: NAME,
  needed: NEEDED,
  required: REQUIRED,
  source: SOURCE,
  target: TARGET,
  targetField: TARGET_FIELD,
  template: TEMPLATE,
  transform: TRANSFORM,
  upTo: UP_TO,
};

export const KIND_LABEL = { Field: KIND_FIELD, Constant: KIND_CONSTANT, Template: KIND_TEMPLATE };

export const ARGUMENT_LABEL = {
  'First Characters': FIRST_CHARACTERS,
  Date: DATE_PATTERN,
  Number: DECIMALS,
  'Yes or No': YES_NO_WORDS,
};

export const OBJECT_LABEL = {
  Trueup_Invoice__c: INVOICE,
  Trueup_Invoice_Line__c: INVOICE_LINE,
  Opportunity: OPPORTUNITY,
  OpportunityLineItem: OPPORTUNITY_PRODUCT,
  Order: ORDER,
  OrderItem: ORDER_PRODUCT,
  Quote: QUOTE,
  QuoteLineItem: QUOTE_LINE,
};

export const TYPE_LABEL = { text: TEXT, number: NUMBER, date: TYPE_DATE, email: TYPE_EMAIL, list: LIST, yesNo: TYPE_YES_NO };
