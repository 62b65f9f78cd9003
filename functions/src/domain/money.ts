/** An amount as whole minor units (cents, yen, fils) of an ISO 4217 currency. Never a float. */
export interface Money {
  minor: number;
  currency: string;
}

/** What people and Apex get: the same amount as minor units, plain decimal and words. */
export interface MoneyText extends Money {
  decimal: string;
  display: string;
}
