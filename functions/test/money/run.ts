import { type Company, openCompany } from './company.ts';
import { type Aim, CURRENCIES, type BenchCurrency, generate } from './generate.ts';
import { judge } from './judge.ts';

/** Reasons for which preflight may refuse an amount (the published rules of Stripe and QuickBooks). */
export const MAY_REFUSE: ReadonlySet<string> = new Set([
  'total-negative',
  'below-minimum-charge',
  'above-maximum-charge',
  'customer-balance',
  'negative-line-with-stripe-tax',
  'amount-too-fine',
  'amount-too-large',
  'too-many-lines',
]);

export interface CurrencyCount {
  invoices: number;
  lines: number;
  equal: number;
  refused: number;
  different: number;
}

export interface MoneyResult {
  seed: number;
  invoices: number;
  currencies: Record<BenchCurrency, CurrencyCount>;
  /** By first reason: how many, how many the stand-ins confirmed, and how they did. */
  reasons: Record<string, { refused: number; confirmed: number; by: Record<string, number> }>;
  /** The first few that went wrong, in words. */
  wrong: string[];
  refusedShare: number;
  ok: boolean;
}

/** A company's stores stay in memory: after so many invoices a new one is opened. */
const INVOICES_PER_COMPANY = 250;
const WRONG_SHOWN = 10;

/** Runs `count` generated invoices through the product. `share` of the run is told to `onProgress`. */
export async function runMoney(options: {
  count: number;
  seed: number;
  aims?: readonly Aim[];
  onProgress?: (done: number) => void;
}): Promise<MoneyResult> {
  const result: MoneyResult = {
    seed: options.seed,
    invoices: 0,
    currencies: Object.fromEntries(
      CURRENCIES.map((currency) => [currency, { invoices: 0, lines: 0, equal: 0, refused: 0, different: 0 }]),
    ) as MoneyResult['currencies'],
    reasons: {},
    wrong: [],
    refusedShare: 0,
    ok: false,
  };
  let company: Company | undefined;
  for (const each of generate(options.seed, options.aims)) {
    if (result.invoices === options.count) break;
    if (result.invoices % INVOICES_PER_COMPANY === 0) {
      company?.close();
      company = openCompany();
      options.onProgress?.(result.invoices);
    }
    const verdict = await judge(company as Company, each);
    const count = result.currencies[each.currency];
    result.invoices += 1;
    count.invoices += 1;
    count.lines += each.lines.length;
    count[verdict.verdict] += 1;
    if (verdict.verdict === 'different') note(result, `invoice ${each.serial} (${each.aim}, ${each.currency}): ${verdict.why}`);
    if (verdict.verdict === 'refused') countRefusal(result, each.serial, verdict);
  }
  company?.close();
  const refused = CURRENCIES.reduce((all, currency) => all + result.currencies[currency].refused, 0);
  result.refusedShare = refused / Math.max(result.invoices, 1);
  result.ok = result.wrong.length === 0 && (options.aims !== undefined || result.refusedShare <= 0.1);
  return result;
}

function countRefusal(result: MoneyResult, serial: number, { codes, confirmedBy }: { codes: string[]; confirmedBy: string | null }): void {
  const [first = 'no reason'] = codes;
  const reason = (result.reasons[first] ??= { refused: 0, confirmed: 0, by: {} });
  reason.refused += 1;
  if (confirmedBy !== null) {
    reason.confirmed += 1;
    reason.by[confirmedBy] = (reason.by[confirmedBy] ?? 0) + 1;
  } else note(result, `invoice ${serial}: refused as ${codes.join(', ')}, yet the stand-ins took it and agreed`);
  for (const code of codes)
    if (!MAY_REFUSE.has(code)) note(result, `invoice ${serial}: refused for ${code}, which is no reason about amounts`);
}

function note(result: MoneyResult, text: string): void {
  if (result.wrong.length < WRONG_SHOWN) result.wrong.push(text);
}
