import ACCOUNT from '@salesforce/label/c.Trueup_Match_Account';
import ADDRESS from '@salesforce/label/c.Trueup_Match_Address';
import ALIKE from '@salesforce/label/c.Trueup_Match_Alike';
import ALREADY_SAID from '@salesforce/label/c.Trueup_Match_Already_Said';
import ALREADY_SAID_ITEM from '@salesforce/label/c.Trueup_Match_Already_Said_Item';
import ALREADY_SAID_PRODUCT from '@salesforce/label/c.Trueup_Match_Already_Said_Product';
import CANDIDATE from '@salesforce/label/c.Trueup_Match_Candidate';
import CHOICE_CREATE from '@salesforce/label/c.Trueup_Match_Choice_Create';
import CHOICE_CREATE_PRODUCT from '@salesforce/label/c.Trueup_Match_Choice_Create_Product';
import CHOICE_LINK from '@salesforce/label/c.Trueup_Match_Choice_Link';
import CHOICE_NOT_SAME from '@salesforce/label/c.Trueup_Match_Choice_Not_Same';
import CHOICE_UNDO from '@salesforce/label/c.Trueup_Match_Choice_Undo';
import COMPARED from '@salesforce/label/c.Trueup_Match_Compared';
import COMPARED_ITEMS from '@salesforce/label/c.Trueup_Match_Compared_Items';
import COMPARED_PRODUCTS from '@salesforce/label/c.Trueup_Match_Compared_Products';
import CONFIRM_CREATE from '@salesforce/label/c.Trueup_Match_Confirm_Create';
import CONFIRM_CREATE_PRODUCT from '@salesforce/label/c.Trueup_Match_Confirm_Create_Product';
import CONFIRM_LINK from '@salesforce/label/c.Trueup_Match_Confirm_Link';
import CONFIRM_NOT_ITEM from '@salesforce/label/c.Trueup_Match_Confirm_Not_Item';
import CONFIRM_NOT_PRODUCT from '@salesforce/label/c.Trueup_Match_Confirm_Not_Product';
import CONFIRM_NOT_SAME from '@salesforce/label/c.Trueup_Match_Confirm_Not_Same';
import CONFIRM_SELL from '@salesforce/label/c.Trueup_Match_Confirm_Sell';
import CONFIRM_UNDO from '@salesforce/label/c.Trueup_Match_Confirm_Undo';
import DECIDED from '@salesforce/label/c.Trueup_Match_Decided';
import DESCRIPTION from '@salesforce/label/c.Trueup_Match_Description';
import DIFFERENT from '@salesforce/label/c.Trueup_Match_Different';
import EMAIL from '@salesforce/label/c.Trueup_Match_Email';
import FAILED from '@salesforce/label/c.Trueup_Could_Not_Load';
import FIELD from '@salesforce/label/c.Trueup_Match_Field';
import ID from '@salesforce/label/c.Trueup_Match_Id';
import INACTIVE from '@salesforce/label/c.Trueup_Match_Inactive';
import INCOME_ACCOUNT from '@salesforce/label/c.Trueup_Match_Income_Account';
import LINKED from '@salesforce/label/c.Trueup_Match_Linked';
import LINKED_TO from '@salesforce/label/c.Trueup_Match_Linked_To';
import LOADING from '@salesforce/label/c.Trueup_Loading';
import NAME from '@salesforce/label/c.Trueup_Match_Name';
import NOTHING_GIVEN from '@salesforce/label/c.Trueup_Match_Nothing_Given';
import NOT_ALLOWED from '@salesforce/label/c.Trueup_Match_Not_Allowed';
import NOT_DECIDED from '@salesforce/label/c.Trueup_Match_Not_Decided';
import NO_CANDIDATES from '@salesforce/label/c.Trueup_Match_No_Candidates';
import NO_ITEMS from '@salesforce/label/c.Trueup_Match_No_Items';
import NO_NEW_ITEM from '@salesforce/label/c.Trueup_Match_No_New_Item';
import NO_PRODUCTS from '@salesforce/label/c.Trueup_Match_No_Products';
import PHONE from '@salesforce/label/c.Trueup_Match_Phone';
import PRICE from '@salesforce/label/c.Trueup_Match_Price';
import PRODUCT from '@salesforce/label/c.Trueup_Match_Product';
import QUICKBOOKS from '@salesforce/label/c.Trueup_QuickBooks';
import REASONS from '@salesforce/label/c.Trueup_Match_Reasons';
import REOPENED from '@salesforce/label/c.Trueup_Match_Reopened';
import RESOLVED from '@salesforce/label/c.Trueup_Match_Resolved';
import RESOLVED_PRODUCT from '@salesforce/label/c.Trueup_Match_Resolved_Product';
import REVIEW from '@salesforce/label/c.Trueup_Match_Review';
import SAME from '@salesforce/label/c.Trueup_Match_Same';
import SCORE from '@salesforce/label/c.Trueup_Match_Score';
import SCORE_LABEL from '@salesforce/label/c.Trueup_Match_Score_Label';
import SELLS from '@salesforce/label/c.Trueup_Match_Sells';
import SKU from '@salesforce/label/c.Trueup_Match_Sku';
import STRIPE from '@salesforce/label/c.Trueup_Stripe';
import UNKNOWN from '@salesforce/label/c.Trueup_Match_Unknown';
import UNREADABLE from '@salesforce/label/c.Trueup_Match_Unreadable';
import WHY from '@salesforce/label/c.Trueup_Match_Why';
import WILL_BE_ASKED from '@salesforce/label/c.Trueup_Match_Will_Be_Asked';
import WILL_CREATE from '@salesforce/label/c.Trueup_Match_Will_Create';
import WILL_CREATE_LATER from '@salesforce/label/c.Trueup_Match_Will_Create_Later';
import WILL_CREATE_PRODUCT from '@salesforce/label/c.Trueup_Match_Will_Create_Product';
import WILL_CREATE_PRODUCT_LATER from '@salesforce/label/c.Trueup_Match_Will_Create_Product_Later';
import WILL_FORGET from '@salesforce/label/c.Trueup_Match_Will_Forget';
import WILL_HAVE_NONE from '@salesforce/label/c.Trueup_Match_Will_Have_None';
import WILL_KEEP from '@salesforce/label/c.Trueup_Match_Will_Keep';
import WILL_LINK from '@salesforce/label/c.Trueup_Match_Will_Link';
import WILL_NOT_OFFER from '@salesforce/label/c.Trueup_Match_Will_Not_Offer';
import WILL_NOT_OFFER_ITEM from '@salesforce/label/c.Trueup_Match_Will_Not_Offer_Item';
import WILL_SELL from '@salesforce/label/c.Trueup_Match_Will_Sell';
import WILL_SHARE from '@salesforce/label/c.Trueup_Match_Will_Share';
import WILL_UNDO from '@salesforce/label/c.Trueup_Match_Will_Undo';
import WILL_UNLINK from '@salesforce/label/c.Trueup_Match_Will_Unlink';
import WILL_UNLINK_ITEM from '@salesforce/label/c.Trueup_Match_Will_Unlink_Item';
import WILL_UNLINK_PRODUCT from '@salesforce/label/c.Trueup_Match_Will_Unlink_Product';

export const LABEL = {
  account: ACCOUNT,
  alreadySaid: ALREADY_SAID,
  alreadySaidItem: ALREADY_SAID_ITEM,
  alreadySaidProduct: ALREADY_SAID_PRODUCT,
  candidate: CANDIDATE,
  choiceCreate: CHOICE_CREATE,
  choiceCreateProduct: CHOICE_CREATE_PRODUCT,
  choiceLink: CHOICE_LINK,
  choiceNotSame: CHOICE_NOT_SAME,
  choiceUndo: CHOICE_UNDO,
  compared: COMPARED,
  comparedItems: COMPARED_ITEMS,
  comparedProducts: COMPARED_PRODUCTS,
  confirmCreate: CONFIRM_CREATE,
  confirmCreateProduct: CONFIRM_CREATE_PRODUCT,
  confirmLink: CONFIRM_LINK,
  confirmNotItem: CONFIRM_NOT_ITEM,
  confirmNotProduct: CONFIRM_NOT_PRODUCT,
  confirmNotSame: CONFIRM_NOT_SAME,
  confirmSell: CONFIRM_SELL,
  confirmUndo: CONFIRM_UNDO,
  decided: DECIDED,
  failed: FAILED,
  field: FIELD,
  inactive: INACTIVE,
  linked: LINKED,
  linkedTo: LINKED_TO,
  loading: LOADING,
  noCandidates: NO_CANDIDATES,
  noItems: NO_ITEMS,
  noNewItem: NO_NEW_ITEM,
  noProducts: NO_PRODUCTS,
  notAllowed: NOT_ALLOWED,
  notDecided: NOT_DECIDED,
  nothingGiven: NOTHING_GIVEN,
  product: PRODUCT,
  reasons: REASONS,
  reopened: REOPENED,
  resolved: RESOLVED,
  resolvedProduct: RESOLVED_PRODUCT,
  review: REVIEW,
  score: SCORE,
  scoreLabel: SCORE_LABEL,
  sells: SELLS,
  unreadable: UNREADABLE,
  why: WHY,
  willBeAsked: WILL_BE_ASKED,
  willCreate: WILL_CREATE,
  willCreateLater: WILL_CREATE_LATER,
  willCreateProduct: WILL_CREATE_PRODUCT,
  willCreateProductLater: WILL_CREATE_PRODUCT_LATER,
  willForget: WILL_FORGET,
  willHaveNone: WILL_HAVE_NONE,
  willKeep: WILL_KEEP,
  willLink: WILL_LINK,
  willNotOffer: WILL_NOT_OFFER,
  willNotOfferItem: WILL_NOT_OFFER_ITEM,
  willSell: WILL_SELL,
  willShare: WILL_SHARE,
  willUndo: WILL_UNDO,
  willUnlink: WILL_UNLINK,
  willUnlinkItem: WILL_UNLINK_ITEM,
  willUnlinkProduct: WILL_UNLINK_PRODUCT,
};

export const FIELD_LABEL = {
  name: NAME,
  email: EMAIL,
  phone: PHONE,
  address: ADDRESS,
  sku: SKU,
  price: PRICE,
  incomeAccount: INCOME_ACCOUNT,
  description: DESCRIPTION,
  id: ID,
};

export const MARK_LABEL = { same: SAME, alike: ALIKE, different: DIFFERENT, unknown: UNKNOWN };

export const SYSTEM_LABEL = { Stripe: STRIPE, QuickBooks: QUICKBOOKS };
