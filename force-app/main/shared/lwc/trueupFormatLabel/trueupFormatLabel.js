/** Fills `{0}`, `{1}`, … of a custom label with the given texts. A place without a text stays as it is. */
export function formatLabel(label, ...texts) {
  return label.replace(/\{(\d+)\}/g, (place, index) => (texts[index] === undefined ? place : String(texts[index])));
}
