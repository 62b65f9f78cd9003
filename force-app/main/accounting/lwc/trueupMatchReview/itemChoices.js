import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const asLines = (...consequences) => consequences.map((says) => ({ key: says, says }));

const sharedWith = ({ name, alsoSells = [] }) => (alsoSells.length > 0 ? [formatLabel(LABEL.willShare, name, alsoSells.join(', '))] : []);

/** What a choice about a product asks and does, as for an account. No item is created: there is no such choice. */
export function describeItemChoice(choice, { product, system, candidate }) {
  const keep = formatLabel(LABEL.willKeep, system);
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
        question: formatLabel(LABEL.confirmNotItem, product, candidate.name),
        consequences: asLines(formatLabel(LABEL.willNotOfferItem, candidate.name), LABEL.willHaveNone, keep, LABEL.willUndo),
        confirm: LABEL.choiceNotSame,
      };
    default:
      return {
        question: formatLabel(LABEL.confirmUndo, product),
        consequences: asLines(LABEL.willUnlinkItem, LABEL.willBeAsked, keep),
        confirm: LABEL.choiceUndo,
      };
  }
}
