import { accountBehaviour, contactBehaviour, personNameBehaviour } from './names.ts';
import { lineBehaviours } from './lines.ts';
import { opportunityBehaviour } from './opportunity.ts';
import { orderBehaviour } from './order.ts';
import { assignmentBehaviour } from './assignments.ts';
import { pricebookEntryBehaviour } from './pricebook-entry.ts';
import { quoteBehaviour } from './quote.ts';
import type { Behaviour } from './behaviour.ts';

/** What standard objects do by themselves when saved; each file names where it is documented. */
export const BEHAVIOURS: Record<string, Behaviour> = {
  Account: accountBehaviour,
  Contact: contactBehaviour,
  User: personNameBehaviour,
  Opportunity: opportunityBehaviour,
  PricebookEntry: pricebookEntryBehaviour,
  Order: orderBehaviour,
  Quote: quoteBehaviour,
  PermissionSetAssignment: assignmentBehaviour,
  ...lineBehaviours,
};
