import type { Outcome } from '../../domain/outcome.ts';

/** A provider's memory of keys: the same key and body repeats the first answer, another body is refused. */
export interface Keys {
  once<Body, T>(key: string, body: Body, act: () => Outcome<T>): Outcome<T>;
  /** What was sent and done, as JSON. */
  bodies(): string[];
  /** The provider forgot (Stripe prunes after a day). */
  forget(): void;
}

export function createKeys(): Keys {
  const held = new Map<string, { body: string; answer: string }>();
  return {
    once: <Body, T>(key: string, body: Body, act: () => Outcome<T>): Outcome<T> => {
      const text = JSON.stringify(body);
      const before = held.get(key);
      if (before && before.body !== text) throw new Error(`Key ${key} was used again with another body.`);
      if (before) return JSON.parse(before.answer) as Outcome<T>;
      const answer = act();
      if (answer.outcome === 'done') held.set(key, { body: text, answer: JSON.stringify(answer) });
      return answer;
    },
    bodies: () => [...held.values()].map(({ body }) => body),
    forget: () => held.clear(),
  };
}
