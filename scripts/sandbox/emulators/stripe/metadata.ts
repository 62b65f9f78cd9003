import { invalid } from './errors.ts';

export type Metadata = Record<string, string>;

/** Merges as Stripe does: given keys replace, an empty value removes, '' for the whole clears. https://docs.stripe.com/api/metadata */
export function mergeMetadata(current: Metadata, given: unknown): Metadata {
  if (given === undefined) return current;
  if (given === '') return {};
  const merged = { ...current };
  for (const [key, value] of Object.entries(given as Metadata)) {
    if (key.length > 40)
      throw invalid(`Invalid metadata key: keys can be at most 40 characters long, got '${key}'.`, { param: `metadata[${key}]` });
    if (/[[\]]/.test(key))
      throw invalid(`Invalid metadata key: keys cannot contain square brackets, got '${key}'.`, { param: `metadata[${key}]` });
    if (value.length > 500)
      throw invalid(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
        { param: `metadata[${key}]` },
      );
    if (value === '') delete merged[key];
    else merged[key] = value;
  }
  const count = Object.keys(merged).length;
  if (count > 50) throw invalid(`You can only have 50 metadata keys, but you passed in ${count}.`, { param: 'metadata' });
  return merged;
}
