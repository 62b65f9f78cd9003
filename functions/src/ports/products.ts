import type { ProductView } from '../domain/match-product.ts';
import type { Outcome } from '../domain/outcome.ts';

export type StripeProduct = ProductView;

export interface StripeProductBody {
  /** The id it is to have in Stripe. */
  id: string;
  /** Salesforce product id; goes into metadata, as the code does. */
  productId: string;
  companyKey: string;
  name: string;
  code: string | null;
}

/** Stripe's catalogue. */
export interface Products {
  /** Archived ones too, deleted ones not. By the Salesforce ids and codes in their metadata and by name; may hold others whose names are alike. */
  findProducts(by: {
    productIds: readonly string[];
    codes: readonly string[];
    names: readonly string[];
  }): Promise<Outcome<StripeProduct[]>>;
  /** As they are now; those that are gone are left out. */
  readProducts(ids: readonly string[]): Promise<Outcome<StripeProduct[]>>;
  /** Done too when it is there already, ours and not archived. */
  createProduct(body: StripeProductBody, key: string): Promise<Outcome<StripeProduct>>;
}
