/** Invoice numbers per company and prefix: counted up, never reused. */
export interface InvoiceNumbers {
  /**
   * The next number, such as `TU-000042` (<= 21 characters). The same `operationKey` gets the same number
   * each time; pass a higher `attempt` when QuickBooks holds the former number for somebody else's document.
   */
  give(request: { companyKey: string; prefix: string; operationKey: string; attempt: number }): Promise<string>;
  /** Records why a given number is held by no document. Idempotent. */
  recordGap(companyKey: string, number: string, reason: string): Promise<void>;
  /** The same for every number given to an operation, of whichever attempt; one that is a gap already keeps its reason. Idempotent. */
  recordGaps(companyKey: string, operationKey: string, reason: string): Promise<void>;
  /** True once it was recorded: no document may get it any more. */
  isGap(companyKey: string, number: string): Promise<boolean>;
}
