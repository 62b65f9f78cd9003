import { account } from './account.ts';
import { contact } from './contact.ts';
import { opportunity, opportunityContactRole, opportunityLineItem, opportunityStage } from './opportunity.ts';
import { order, orderItem, quote, quoteLineItem } from './order.ts';
import { currencyType, organization } from './organization.ts';
import { user, userRecordAccess } from './people.ts';
import { customPermission, permissionSet, permissionSetAssignment, profile, setupEntityAccess } from './permissions.ts';
import { pricebook2, pricebookEntry, product2 } from './product.ts';
import { accountShare, opportunityShare, orderShare } from './share.ts';

/** The standard objects a deal touches. Anything else is refused as unknown. */
export const STANDARD_OBJECTS = [
  account,
  contact,
  opportunity,
  opportunityLineItem,
  opportunityContactRole,
  opportunityStage,
  order,
  orderItem,
  quote,
  quoteLineItem,
  product2,
  pricebook2,
  pricebookEntry,
  user,
  profile,
  permissionSet,
  permissionSetAssignment,
  setupEntityAccess,
  customPermission,
  userRecordAccess,
  organization,
  currencyType,
  accountShare,
  opportunityShare,
  orderShare,
];
