export type MatchedBy = 'Stored' | 'Metadata' | 'Score' | 'Created' | 'Person';

/** A Salesforce record and its counterpart in one outside system (Trueup_Link__c). */
export interface Link {
  system: 'stripe' | 'quickbooks';
  recordId: string;
  /** Id of the link itself, where it was read. */
  linkId?: string;
  recordType: 'Account' | 'Product2';
  /** The currency a counterpart is bound to (QuickBooks customers); null when it serves all. */
  currency: string | null;
  externalId: string;
  externalType: 'Customer' | 'Item' | 'customer' | 'product';
  matchedBy: MatchedBy;
  status: 'Linked' | 'Undone' | 'Broken';
  displayName?: string;
  url?: string;
  reasons?: string;
  /** 0 to 100. */
  score?: number;
  /** The user who decided. */
  confirmedBy?: string;
}

/** `<company>:<system>:<type>:<external id>`: one Salesforce record per outside record. */
export function linkExternalKey(companyKey: string, link: Link): string {
  return `${companyKey}:${link.system}:${link.externalType}:${link.externalId}`;
}

/** `<company>:<system>:<18-character id>:<currency or ->`: one outside record per Salesforce record and currency. */
export function linkRecordKey(companyKey: string, link: Pick<Link, 'system' | 'recordId' | 'currency'>): string {
  return `${companyKey}:${link.system}:${link.recordId}:${link.currency ?? '-'}`;
}
