import { LightningElement, api } from 'lwc';
import { LABEL } from './labels';
import { systemsOf } from './systems';

/** Up to when Stripe and QuickBooks are known, and a warning when that is too long ago or a system is silent. */
export default class TrueupSyncFreshness extends LightningElement {
  /** What TrueupSyncHealthController.readHealth answered. */
  @api health;

  label = LABEL;

  get systems() {
    const several = this.health.companies.length > 1;
    return systemsOf(this.health).map((system) => ({ ...system, company: several ? system.company : undefined }));
  }

  get isEmpty() {
    return this.systems.length === 0;
  }
}
