// npm run bench:match [-- --count n --seed n --quick --json]
// Labelled pairs: is any link wrong, and how many of those that belong together are found. Two lists of customers: how long it takes
// to match everybody with everybody, and the memory it needs. Exit code 1 when an aim is missed.
import { parseArgs } from 'node:util';
import { isCertain } from '../../src/domain/match-customers/choose.ts';
import { matchAll } from '../../src/domain/match-customers/match-all.ts';
import { prepare } from '../../src/domain/match-customers/prepare.ts';
import { weigh } from '../../src/domain/match-customers/weigh.ts';
import { labelledPairs, population } from '../match/companies.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const count = values.quick ? 10_000 : Number(values.count);
const seed = Number(values.seed);
const AIMS = { recall: 0.8, links: 3_000, seconds: 120, megabytes: 500 };

const labelled = measureLabelled();
const lists = measureLists();
const met =
  labelled.wrong === 0 &&
  labelled.links >= AIMS.links &&
  labelled.recall >= AIMS.recall &&
  lists.wrong === 0 &&
  lists.seconds <= AIMS.seconds &&
  lists.megabytes < AIMS.megabytes;
print();
if (values.json) console.log(JSON.stringify({ met, labelled, lists }));
process.exitCode = met ? 0 : 1;

function measureLabelled() {
  const pairs = labelledPairs(seed, 9_000);
  const judged = pairs.map((pair) => ({ ...pair, linked: isCertain(weigh(prepare(pair.ours), prepare(pair.theirs))) }));
  const together = judged.filter(({ same }) => same);
  const linked = judged.filter((pair) => pair.linked);
  return {
    pairs: pairs.length,
    links: linked.length,
    wrong: linked.filter(({ same }) => !same).length,
    recall: together.filter((pair) => pair.linked).length / together.length,
  };
}

function measureLists() {
  const processor = process.cpuUsage();
  const started = performance.now();
  const theirs = Array.from(population(seed, count, 0.7), (each) => prepare(each.theirs));
  const choices = matchAll(ours(), theirs);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const links = choices.flatMap((choice, at) => (choice.kind === 'link' ? [[`s${at}`, choice.to.id] as const] : []));
  return {
    each: count,
    seconds,
    processorSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    links: links.length,
    wrong: links.filter(([one, other]) => one !== other).length,
    review: choices.filter(({ kind }) => kind === 'review').length,
  };
}

/** Read as it goes, as pages of Salesforce's accounts are. */
function* ours() {
  for (const each of population(seed, count, 0.7)) yield prepare(each.ours);
}

function print(): void {
  const rows = [
    ['labelled pairs', labelled.pairs, ''],
    ['  linked by itself', labelled.links, `aim: at least ${AIMS.links}`],
    ['  wrong links', labelled.wrong, 'aim: none'],
    ['  found of those that belong together', `${(labelled.recall * 100).toFixed(1)} %`, `aim: at least ${AIMS.recall * 100} %`],
    ['customers on each side', lists.each, ''],
    [
      '  matched in',
      `${lists.seconds.toFixed(1)} s`,
      `aim: ${AIMS.seconds} s, inventing them included; ${lists.processorSeconds.toFixed(1)} s of processor time`,
    ],
    ['  memory of the whole process', `${lists.megabytes.toFixed(0)} MB`, `aim: below ${AIMS.megabytes} MB`],
    ['  linked by itself', lists.links, ''],
    ['  wrong links', lists.wrong, 'aim: none'],
    ['  for a person', lists.review, ''],
  ] as const;
  for (const [what, figure, aim] of rows) console.log(`${what.padEnd(40)}${String(figure).padStart(12)}   ${aim}`);
  console.log(met ? '\nAll aims met.' : '\nAn aim was missed.');
}
