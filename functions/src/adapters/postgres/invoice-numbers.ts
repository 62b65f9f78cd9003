import type pg from 'pg';
import type { InvoiceNumbers } from '../../ports/invoice-numbers.ts';
import { inTransaction } from './pool.ts';

/** QuickBooks holds at most 21 characters. https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/invoice */
const LONGEST = 21;

/** Numbers from one counted row per company and prefix; the row's lock puts concurrent clicks in a line. */
export function createInvoiceNumbers(pool: pg.Pool): InvoiceNumbers {
  return {
    give: ({ companyKey, prefix, operationKey, attempt }) =>
      inTransaction(pool, async (client) => {
        await client.query('INSERT INTO trueup.number_series (company, prefix) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          companyKey,
          prefix,
        ]);
        // Locks the series first, so that the same operation asked twice at once finds the number the other one made.
        const { rows: series } = await client.query<{ last: string }>(
          'SELECT last FROM trueup.number_series WHERE company = $1 AND prefix = $2 FOR UPDATE',
          [companyKey, prefix],
        );
        const { rows: given } = await client.query<{ number: string }>(
          'SELECT number FROM trueup.invoice_number WHERE company = $1 AND operation_key = $2 AND attempt = $3',
          [companyKey, operationKey, attempt],
        );
        if (given[0]) return given[0].number;
        const next = Number(series[0]?.last ?? 0) + 1;
        const number = `${prefix}${String(next).padStart(6, '0')}`;
        if (number.length > LONGEST)
          throw new Error(`the number prefix ${prefix} leaves no room: invoice numbers have at most ${LONGEST} characters`);
        await client.query('UPDATE trueup.number_series SET last = $3 WHERE company = $1 AND prefix = $2', [companyKey, prefix, next]);
        await client.query('INSERT INTO trueup.invoice_number (company, number, operation_key, attempt) VALUES ($1, $2, $3, $4)', [
          companyKey,
          number,
          operationKey,
          attempt,
        ]);
        return number;
      }),
    async recordGap(companyKey, number, reason) {
      await pool.query('UPDATE trueup.invoice_number SET gap_reason = coalesce(gap_reason, $3) WHERE company = $1 AND number = $2', [
        companyKey,
        number,
        reason,
      ]);
    },
    async recordGaps(companyKey, operationKey, reason) {
      await pool.query('UPDATE trueup.invoice_number SET gap_reason = coalesce(gap_reason, $3) WHERE company = $1 AND operation_key = $2', [
        companyKey,
        operationKey,
        reason,
      ]);
    },
    async isGap(companyKey, number) {
      const { rowCount } = await pool.query(
        'SELECT 1 FROM trueup.invoice_number WHERE company = $1 AND number = $2 AND gap_reason IS NOT NULL',
        [companyKey, number],
      );
      return rowCount !== 0;
    },
  };
}
