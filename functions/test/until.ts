/** Waits until `look` answers with something; throws what it last saw when it takes longer than `ms`. */
export async function until<T>(look: () => Promise<T | undefined | false | null>, ms: number, what: string): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
