import { isFree } from 'c/trueupInvoiceDraft';

/** The problems that stop the invoice. */
export const errorsOf = (problems) => (problems ?? []).filter((problem) => problem.severity !== 'warning');

/** The problems that do not stop it. */
export const warningsOf = (problems) => (problems ?? []).filter((problem) => problem.severity === 'warning');

/** One sentence or two for the field with this path, such as `invoiceDate`; empty when it has no problem. */
export function textOfField(problems, path) {
  return errorsOf(problems)
    .filter((problem) => problem.field === path)
    .map(({ message, action }) => [message, action].filter(Boolean).join(' '))
    .join(' ');
}

/** The problems of the line at this place in the draft, each with the `name` of the line's field it is about, if any. */
export function problemsOfLine(problems, index) {
  return (problems ?? []).flatMap((problem) => {
    const place = placeOf(problem.field);
    return place?.index === index ? [{ ...problem, name: place.name }] : [];
  });
}

/** `lines[2].quantity` is `{ index: 2, name: 'quantity' }`; null for a path that is not in a line. */
export function placeOf(path) {
  const found = /^lines\[(\d+)\](?:\.(\w+))?$/.exec(path ?? '');
  return found && { index: Number(found[1]), name: found[2] };
}

/**
 * Whether the problem only says that something is not filled in yet, which is no mistake to point at.
 * `touched` holds `<lineKey>.<field>` of what the person has filled in.
 */
export function isUntouched(problem, draft, touched) {
  if (problem.field === 'lines') {
    return draft.lines.length === 0;
  }
  const place = placeOf(problem.field);
  const line = place && draft.lines[place.index];
  return Boolean(line && place.name) && isFree(line) && line[place.name] === '' && !touched.has(`${line.lineKey}.${place.name}`);
}

/** The problems that stop the invoice and are worth pointing at by now. */
export const errorsToShow = (problems, draft, touched) => errorsOf(problems).filter((problem) => !isUntouched(problem, draft, touched));

/** The problems of a failed attempt first, as errors all of them, then those of the preview that it did not name. */
export function mergeProblems(ofAttempt, ofPreview) {
  const named = new Set(ofAttempt.map(identityOf));
  const refused = ofAttempt.map((problem) => ({ ...problem, severity: 'error' }));
  return [...refused, ...ofPreview.filter((problem) => !named.has(identityOf(problem)))];
}

function identityOf({ code, field }) {
  return `${code}|${field}`;
}
