import { formatLabel } from 'c/trueupFormatLabel';
import { isOfProduct, readContent } from 'c/trueupMatchContent';
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
  const isProduct = isOfProduct(content);
  const best = content.candidates.find(({ id, active }) => !content.notSame.includes(id) && !(isProduct && active === false));
  const account = content.ours.name;
  return {
    id: Id,
    account,
    system,
    reason,
    best,
    isProduct,
    bestName: best ? `${best.name || best.id} (${best.id})` : LABEL.nobody,
    score: best ? formatLabel(LABEL.score, best.score) : '',
    chooseLabel: formatLabel(LABEL.choose, account, system),
  };
}

/** An item is created by nobody: an accountant chooses its income account. */
export const canBeCreated = ({ isProduct, system }) => !isProduct || system === 'Stripe';

const creates = ({ account, system, isProduct }) =>
  formatLabel(isProduct ? LABEL.willCreateProductRow : LABEL.willCreateRow, account, system);

function linksTo({ account, system, best, score, isProduct }) {
  const says = formatLabel(isProduct ? LABEL.willSellRow : LABEL.willLinkRow, account, best.name || best.id, best.id, system, score);
  const shared = best.alsoSells?.length > 0 ? formatLabel(LABEL.sells, best.alsoSells.join(', ')) : '';
  return [says, shared].filter(Boolean).join(' ');
}

const whatIsCreated = (rows) => (rows.some(({ isProduct }) => isProduct) ? LABEL.confirmCreateAny : LABEL.confirmCreateAll);

/** What a choice will do to each of the rows it can be made for. */
export function planOf(choice, rows) {
  const link = choice === 'link';
  const able = link ? rows.filter(({ best }) => best) : rows.filter(canBeCreated);
  return {
    choice,
    question: formatLabel(link ? LABEL.confirmLinkAll : whatIsCreated(able), able.length),
    confirm: link ? LABEL.choiceLinkAll : LABEL.choiceCreateAll,
    decisions: able.map((row) => ({
      key: row.id,
      reviewId: row.id,
      account: row.account,
      candidateId: link ? row.best.id : null,
      says: link ? linksTo(row) : creates(row),
    })),
  };
}
