import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL } from './labels';

function contentOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the list shows of a review; null when its candidates cannot be read: its page says so. */
export function rowOf({ Id, Name, System__c: system, Candidates__c: text, Reason__c: reason }) {
  const content = contentOf(text);
  if (!content?.ours || !Array.isArray(content.candidates)) {
    return null;
  }
  const best = content.candidates.find(({ id }) => !(content.notSame ?? []).includes(id));
  const account = content.ours.name;
  return {
    id: Id,
    name: Name,
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
      reviewId: id,
      account,
      candidateId: link ? best.id : null,
      says: link
        ? formatLabel(LABEL.willLinkRow, account, best.name || best.id, best.id, system, score)
        : formatLabel(LABEL.willCreateRow, account, system),
    })),
  };
}
