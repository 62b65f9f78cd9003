/** Candidates__c of a match review as an object: both sides and what was said. Null when somebody changed it by hand. */
export function readContent(text) {
  try {
    const content = JSON.parse(text);
    return content?.ours && Array.isArray(content.candidates) ? { notSame: [], ...content } : null;
  } catch {
    return null;
  }
}

/** What a review asks about: a product, of which it is said what it is sold as, or else an account. */
export const isOfProduct = ({ ours }) => Boolean(ours.productId);
