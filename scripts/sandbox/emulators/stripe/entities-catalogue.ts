import type { Seconds } from './entities-payment.ts';
import type { Recurring } from './entities-subscription.ts';
import type { Metadata } from './metadata.ts';

export interface Product {
  id: string;
  created: Seconds;
  active: boolean;
  description: string | null;
  images: string[];
  metadata: Metadata;
  name: string;
  statement_descriptor: string | null;
  tax_code: string | null;
  unit_label: string | null;
  updated: Seconds;
  url: string | null;
  shippable: boolean | null;
  /** Made by `product_data` on a line: not listed. */
  inline: boolean;
  deleted?: true;
}

export interface Price {
  id: string;
  created: Seconds;
  active: boolean;
  currency: string;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  product: string;
  recurring?: Recurring | null;
  tax_behavior: string;
  unit_amount_decimal: string;
  inline: boolean;
}

export interface TaxRate {
  id: string;
  created: Seconds;
  active: boolean;
  metadata: Metadata;
  description: string | null;
  display_name: string;
  inclusive: boolean;
  jurisdiction: string | null;
  percentage: number;
  country: string | null;
  state: string | null;
  tax_type: string | null;
  /** The rate's data, to find it again: an equal one is reused. */
  fingerprint: string;
}
