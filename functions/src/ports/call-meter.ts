/** Counts the calls this process makes to each system; a sync run reports the difference between two readings. */
export interface CallMeter {
  read(): { salesforce: number; stripe: number; quickbooks: number };
}
