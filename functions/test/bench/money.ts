// `npm run bench:money [-- --quick] [--json] [--seed n]`: generated invoices through use case, translators and the stand-ins' own
// arithmetic, without HTTP. Totals must be equal in all systems; what preflight refuses is sent all the same and must fail there.
import { CURRENCIES } from '../money/generate.ts';
import { type MoneyResult, runMoney } from '../money/run.ts';
import { finish, machine, readOptions, table } from './bench-options.ts';

const options = readOptions();
const count = options.quick ? 1_500 : 10_000;
const started = performance.now();
console.log(`bench:money, ${count.toLocaleString('en')} invoices, seed ${options.seed} (${machine()})`);

const result = await runMoney({
  count,
  seed: options.seed,
  onProgress(done) {
    if (done > 0 && done % 1_000 === 0)
      console.log(`  ${done.toLocaleString('en')} done, ${Math.round((performance.now() - started) / 1000)} s`);
  },
});
print(result);
finish(result.ok, { ...result, seconds: Math.round((performance.now() - started) / 1000) }, options);

function print({ currencies, reasons, wrong, refusedShare }: MoneyResult): void {
  const rows = CURRENCIES.map((currency) => {
    const { invoices, lines, equal, refused, different } = currencies[currency];
    return [currency, invoices, lines, equal, refused, different];
  });
  const all = rows.reduce<(string | number)[]>(
    (sum, row) => row.map((cell, index) => (typeof cell === 'number' ? cell + Number(sum[index] ?? 0) : 'all')),
    [],
  );
  console.log(`\n${table(['currency', 'invoices', 'lines', 'equal', 'refused', 'different'], [...rows, all])}`);
  console.log(`\nRefused by preflight: ${(refusedShare * 100).toFixed(1)} % (at most 10 %), each sent all the same:`);
  console.log(
    table(
      ['reason', 'refused', 'confirmed'],
      Object.entries(reasons).map(([reason, { refused, confirmed }]) => [reason, refused, confirmed]),
    ),
  );
  for (const [reason, { by }] of Object.entries(reasons))
    for (const [how, times] of Object.entries(by)) console.log(`  ${reason}: ${how} (${times.toLocaleString('en')})`);
  for (const each of wrong) console.log(`WRONG ${each}`);
}
