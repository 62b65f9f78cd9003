import { formatLabel } from 'c/trueupFormatLabel';
import { errorsOf, errorsToShow } from 'c/trueupInvoiceProblems';
import { LABEL } from './labels';

/** Why the invoice cannot be issued right now, in a few words; empty when it can. */
export function reasonNotReady({ preview, previewError, isPending, draft, touched }) {
  if (previewError) {
    return LABEL.checkFailed;
  }
  if (isPending) {
    return LABEL.checking;
  }
  if (preview.canIssue) {
    return '';
  }
  const shown = errorsToShow(preview.problems, draft, touched).length;
  if (shown === 0 && errorsOf(preview.problems).length > 0) {
    return LABEL.completeLines;
  }
  return shown === 1 ? LABEL.fixOne : formatLabel(LABEL.fixSome, shown);
}
