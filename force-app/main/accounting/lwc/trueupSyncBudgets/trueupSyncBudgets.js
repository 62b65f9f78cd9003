import { LightningElement, api } from 'lwc';
import { budgetsOf } from './budgets';
import { LABEL } from './labels';

/** How many reads of QuickBooks and calls of Salesforce are used of those allowed, and how long they last. */
export default class TrueupSyncBudgets extends LightningElement {
  /** What TrueupSyncHealthController.readHealth answered. */
  @api health;

  label = LABEL;

  get budgets() {
    const several = this.health.companies.length > 1;
    return budgetsOf(this.health).map((budget) => ({ ...budget, company: several ? budget.company : undefined }));
  }

  get isEmpty() {
    return this.budgets.length === 0;
  }
}
