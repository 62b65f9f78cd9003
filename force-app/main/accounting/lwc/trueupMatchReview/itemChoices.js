import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const asLines = (...consequences) => consequences.map((says) => ({ key: says, says }));

const sharedWith = ({ name, alsoSells = [] }) => (alsoSells.length > 0 ? [formatLabel(LABEL.willShare, name, alsoSells.join(', '))] : []);

const ITEM = { confirmNot: LABEL.confirmNotItem, willUnlink: LABEL.willUnlinkItem };
const PRODUCT = { confirmNot: LABEL.confirmNotProduct, willUnlink: LABEL.willUnlinkProduct };

/** Without an item invoices wait; a Stripe product is made by the next one, save in the place of one that was lost. */
const whatIfNone = ({ isItem, isLost }) => (isItem ? [LABEL.willHaveNone] : isLost ? [] : [LABEL.willCreateProductLater]);

/** What a choice about a product asks and does, as for an account. No item is created: there is no such choice. */
export function describeItemChoice(choice, { product, system, candidate, isItem, isLost }) {
  const keep = formatLabel(LABEL.willKeep, system);
  const words = isItem ? ITEM : PRODUCT;
  switch (choice) {
    case 'link':
      return {
        question: formatLabel(LABEL.confirmSell, product, candidate.name, candidate.id, system),
        consequences: asLines(
          formatLabel(LABEL.willSell, product, candidate.name, candidate.id),
          ...sharedWith(candidate),
          keep,
          LABEL.willUndo,
        ),
        confirm: LABEL.choiceLink,
      };
    case 'not-the-same':
      return {
        question: formatLabel(words.confirmNot, product, candidate.name),
        consequences: asLines(formatLabel(LABEL.willNotOfferItem, candidate.name), ...whatIfNone({ isItem, isLost }), keep, LABEL.willUndo),
        confirm: LABEL.choiceNotSame,
      };
    case 'create-new':
      return {
        question: formatLabel(LABEL.confirmCreateProduct, product, system),
        consequences: asLines(formatLabel(LABEL.willCreateProduct, product, system), LABEL.willForget, LABEL.willUndo),
        confirm: LABEL.choiceCreateProduct,
      };
    default:
      return {
        question: formatLabel(LABEL.confirmUndo, product),
        consequences: asLines(words.willUnlink, LABEL.willBeAsked, keep),
        confirm: LABEL.choiceUndo,
      };
  }
}
