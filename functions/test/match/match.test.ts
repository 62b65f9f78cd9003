import { describe, expect, test } from 'vitest';
import { choose, isCertain } from '../../src/domain/match-customers/choose.ts';
import { matchAll } from '../../src/domain/match-customers/match-all.ts';
import { prepare } from '../../src/domain/match-customers/prepare.ts';
import { weigh } from '../../src/domain/match-customers/weigh.ts';
import { labelledPairs, population } from './companies.ts';
import { HARD_CASES, party, type Verdict } from './hard-cases.ts';

const evidenceOf = (ours: Parameters<typeof prepare>[0], theirs: Parameters<typeof prepare>[0]) => weigh(prepare(ours), prepare(theirs));
const VERDICT = { link: 'link', review: 'review', none: 'apart' } as const;

describe('cases by hand', () => {
  test.each(HARD_CASES)('%s', (_why, ours, theirs, verdict) => {
    const evidence = evidenceOf(ours, theirs);
    const got: Verdict = VERDICT[choose([{ of: theirs, evidence }]).kind];
    expect(`${got}: ${evidence.reasons.join(' ')} ${evidence.score}`).toBe(`${verdict}: ${evidence.reasons.join(' ')} ${evidence.score}`);
  });
});

describe('8,000 labelled pairs', () => {
  const judged = labelledPairs(1, 8_000).map((pair) => ({ ...pair, linked: isCertain(evidenceOf(pair.ours, pair.theirs)) }));
  const linked = judged.filter((pair) => pair.linked);

  test('none of at least 3,000 links is wrong', () => {
    expect(linked.length).toBeGreaterThanOrEqual(3_000);
    expect(linked.filter(({ same }) => !same)).toEqual([]);
  });

  test('at least 80 % of what belongs together is linked', () => {
    const together = judged.filter(({ same }) => same);
    expect(together.filter((pair) => pair.linked).length / together.length).toBeGreaterThanOrEqual(0.8);
  });
});

describe('two lists', () => {
  const both = [...population(3, 1_500, 0.7)];
  const prepared = [both.map(({ ours }) => prepare(ours)), both.map(({ theirs }) => prepare(theirs))] as const;

  test('whoever is linked is the same, and nobody twice', () => {
    const links = matchAll(...prepared).flatMap((choice, at) =>
      choice.kind === 'link' ? [[prepared[0][at]?.id, choice.to.id] as const] : [],
    );
    expect(links.length).toBeGreaterThan(700);
    expect(links.filter(([one, other]) => one !== other)).toEqual([]);
    expect(new Set(links.map(([, other]) => other)).size).toBe(links.length);
  });

  test('what is found through keys is what comparing everybody with everybody finds', () => {
    const [some, all] = [prepared[0].slice(0, 200), prepared[1]];
    const certain = (at: number) => all.filter((each) => isCertain(weigh(some[at] as never, each))).map(({ id }) => id);
    const links = matchAll(some, all);
    for (const [at, choice] of links.entries()) {
      if (choice.kind === 'link') expect(certain(at)).toEqual([choice.to.id]);
      else if (certain(at).length === 1) expect(choice.kind).toBe('review');
    }
  });

  test('the order of the lists changes nothing', () => {
    const byId = (choices: ReturnType<typeof matchAll>, of: readonly { id: string }[]) =>
      new Map(choices.map((choice, at) => [of[at]?.id, choice.kind === 'link' ? choice.to.id : choice.kind]));
    const backwards = [prepared[0].toReversed(), prepared[1].toReversed()] as const;
    expect(byId(matchAll(...backwards), backwards[0])).toEqual(byId(matchAll(...prepared), prepared[0]));
  });
});

describe('choosing', () => {
  const of = { ours: party('Harbor Dental', { emails: ['ann.lee@harbordental.com'] }) };

  test('two certain hits are never guessed', () => {
    const evidence = evidenceOf(of.ours, of.ours);
    expect(choose([{ of: 'a', evidence }]).kind).toBe('link');
    expect(
      choose([
        { of: 'a', evidence },
        { of: 'b', evidence },
      ]),
    ).toMatchObject({ kind: 'review', among: [{ of: 'a' }, { of: 'b' }] });
  });

  test('weighing is the same from both sides', () => {
    for (const { ours, theirs } of labelledPairs(2, 8_000)) {
      const [there, back] = [evidenceOf(ours, theirs), evidenceOf(theirs, ours)];
      expect([back.score, back.doubts.length], `${ours.id} and ${theirs.id}`).toEqual([there.score, there.doubts.length]);
    }
  });
});
