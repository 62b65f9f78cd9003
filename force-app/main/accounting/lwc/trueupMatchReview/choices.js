import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

const asLines = (...consequences) => consequences.map((says) => ({ key: says, says }));

/** What a choice asks and does, in the order in which it matters to the person. Shown before anything is done. */
export function describeChoice(choice, { account, system, candidate, isLost }) {
  const keep = formatLabel(LABEL.willKeep, system);
  switch (choice) {
    case 'link':
      return {
        question: formatLabel(LABEL.confirmLink, account, candidate.name, candidate.id, system),
        consequences: asLines(formatLabel(LABEL.willLink, account, candidate.name, candidate.id), keep, LABEL.willUndo),
        confirm: LABEL.choiceLink,
      };
    case 'not-the-same':
      return {
        question: formatLabel(LABEL.confirmNotSame, account, candidate.name),
        consequences: asLines(
          formatLabel(LABEL.willNotOffer, candidate.name),
          ...(isLost ? [] : [LABEL.willCreateLater]),
          keep,
          LABEL.willUndo,
        ),
        confirm: LABEL.choiceNotSame,
      };
    case 'create-new':
      return {
        question: formatLabel(LABEL.confirmCreate, account, system),
        consequences: asLines(formatLabel(LABEL.willCreate, account, system), LABEL.willForget, LABEL.willUndo),
        confirm: LABEL.choiceCreate,
      };
    default:
      return {
        question: formatLabel(LABEL.confirmUndo, account),
        consequences: asLines(LABEL.willUnlink, LABEL.willBeAsked, keep),
        confirm: LABEL.choiceUndo,
      };
  }
}
