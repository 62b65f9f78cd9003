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
  /** Of a customer that was created now: what is remembered of it (link-memory.ts), as text. */
  remembered?: string;
}

/**
 * Which of these links may still be made, and which another link stands in the way of, be it one of these: two products may fit one
 * item. What is neither stands already.
 */
export function sortClaims(
  companyKey: string,
  links: readonly Link[],
  holders: readonly { link: Link }[],
): { free: Link[]; taken: Link[] } {
  const free: Link[] = [];
  const taken: Link[] = [];
  for (const link of links) {
    const inTheWay = [...holders, ...free.map((made) => ({ link: made }))].filter(
      ({ link: held }) =>
        linkRecordKey(companyKey, held) === linkRecordKey(companyKey, link) ||
        linkExternalKey(companyKey, held) === linkExternalKey(companyKey, link),
    );
    if (inTheWay.length === 0) free.push(link);
    else if (!inTheWay.every(({ link: held }) => isSameLink(held, link))) taken.push(link);
  }
  return { free, taken };
}

const isSameLink = (a: Link, b: Link): boolean => a.recordId === b.recordId && a.currency === b.currency && a.externalId === b.externalId;

/**
 * `<company>:<system>:<type>:<external id>`: one Salesforce record per outside record. An item, or a Stripe product, sells as many
 * products as a person says: the keys of links that a person chose end in the product's id, so that only a machine is held to one.
 */
export function linkExternalKey(companyKey: string, link: Link): string {
  const key = `${companyKey}:${link.system}:${link.externalType}:${link.externalId}`;
  return link.recordType === 'Product2' && link.matchedBy === 'Person' ? `${key}:${link.recordId}` : key;
}

/** `<company>:<system>:<18-character id>:<currency or ->`: one outside record per Salesforce record and currency. */
export function linkRecordKey(companyKey: string, link: Pick<Link, 'system' | 'recordId' | 'currency'>): string {
  return `${companyKey}:${link.system}:${link.recordId}:${link.currency ?? '-'}`;
}
