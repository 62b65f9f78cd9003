import { formatLabel } from 'c/trueupFormatLabel';
import { readContent } from 'c/trueupMatchContent';
import { LABEL } from './labels';

/** What the list shows of a review. Of one that cannot be read, only that: its page says what to do. */
export function rowOf({ Id, Name, System__c: system, Candidates__c: text, Reason__c: reason }) {
  const content = readContent(text);
  if (!content) {
    return {
      id: Id,
      account: Name,
      system,
      reason: LABEL.unreadableRow,
      isUnreadable: true,
      chooseLabel: formatLabel(LABEL.choose, Name, system),
    };
  }
  const best = content.candidates.find(({ id }) => !content.notSame.includes(id));
  const account = content.ours.name;
  return {
    id: Id,
    account,
    system,
    reason,
    best,
    bestName: best ? `${best.name || best.id} (${best.id})` : LABEL.nobody,
    score: best ? formatLabel(LABEL.score, best.score) : '',
    chooseLabel: formatLabel(LABEL.choose, account, system),
  };
}

/** What a choice will do to each of the rows it can be made for. */
export function planOf(choice, rows) {
  const link = choice === 'link';
  const able = link ? rows.filter(({ best }) => best) : rows;
  return {
    choice,
    question: formatLabel(link ? LABEL.confirmLinkAll : LABEL.confirmCreateAll, able.length),
    confirm: link ? LABEL.choiceLinkAll : LABEL.choiceCreateAll,
    decisions: able.map(({ id, account, system, best, score }) => ({
      key: id,
      reviewId: id,
      account,
      candidateId: link ? best.id : null,
      says: link
        ? formatLabel(LABEL.willLinkRow, account, best.name || best.id, best.id, system, score)
        : formatLabel(LABEL.willCreateRow, account, system),
    })),
  };
}
