export interface PostalAddress {
  line1?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  /** ISO 3166 two letters where Salesforce has it, else as typed. */
  country?: string;
}
