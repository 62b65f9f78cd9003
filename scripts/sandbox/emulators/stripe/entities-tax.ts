/** A tax on one line, or the sum of one rate over the lines. */
export interface LineTax {
  amount: number;
  inclusive: boolean;
  tax_rate: string;
  taxability_reason: string;
  taxable_amount: number;
}
