/** A Salesforce field as the integration user sees it. */
export interface Described {
  /** Where the path starts, and the path. */
  object: string;
  field: string;
  found: boolean;
  type: 'text' | 'number' | 'boolean' | 'date' | 'date-time' | 'picklist' | 'other';
  length: number | null;
  /** Active values of a restricted or open picklist. */
  options: string[];
}
