import { formatLabel } from 'c/trueupFormatLabel';
import { isFree } from 'c/trueupInvoiceDraft';
import { isUntouched, problemsOfLine } from 'c/trueupInvoiceProblems';
import { LABEL } from './labels';

/**
 * The table's rows: each line of the draft with what the last preview says about it.
 * `touched` holds `<lineKey>.<field>` of what the person has filled in: an empty field of a new line is no mistake yet.
 */
export function rowsOf(draft, shownLines, problems, touched) {
  const shown = new Map((shownLines ?? []).map((line) => [line.lineKey, line]));
  const toShow = (problems ?? []).filter((problem) => !isUntouched(problem, draft, touched));
  return draft.lines.map((line, index) => row(line, index, shown.get(line.lineKey) ?? {}, toShow));
}

function row(line, index, shown, problems) {
  const name = shown.productName || line.description || LABEL.newLine;
  const own = problemsOfLine(problems, index);
  const free = isFree(line);
  return {
    key: line.lineKey,
    problemKey: `${line.lineKey}-problems`,
    line,
    name,
    isFree: free,
    detail: free || shown.description === name ? '' : shown.description,
    left: free ? '' : leftText(shown),
    isPriceFixed: !free && !shown.priceEditable,
    currencyCode: shown.amount?.currency,
    amount: line.include ? shown.amount?.display : '',
    problems: own.map((problem, place) => ({
      ...problem,
      key: `${place}`,
      textClass: problem.severity === 'warning' ? '' : 'slds-text-color_error',
    })),
    cells: cells(index, name, own),
  };
}

function leftText({ quantityLeft, quantityOrdered, billable }) {
  if (quantityLeft === undefined || quantityLeft === null) {
    return '';
  }
  return billable === false && quantityLeft === '0' ? LABEL.billedInFull : formatLabel(LABEL.leftOf, quantityLeft, quantityOrdered);
}

/** For each editable field: its path in the draft, its full label, and a pointer to the note when it has a problem. */
function cells(index, name, problems) {
  const fields = ['include', 'description', 'quantity', 'unitPrice', 'serviceDate'];
  return Object.fromEntries(
    fields.map((field) => [
      field,
      {
        path: `lines[${index}].${field}`,
        label: formatLabel(LABEL.fieldOfLine, LABEL[field], name),
        note: problems.some((problem) => problem.name === field && problem.severity !== 'warning') ? LABEL.seeNote : '',
      },
    ]),
  );
}
