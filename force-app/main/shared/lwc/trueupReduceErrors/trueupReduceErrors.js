/**
 * Turns any error a component can meet (wire, Apex, UI API, JavaScript) into sentences for a person.
 * Returns an array of unique, non-empty strings; empty for no error.
 */
export function reduceErrors(errors) {
  const sentences = [].concat(errors ?? []).flatMap(sentencesOf);
  return [...new Set(sentences.filter((sentence) => typeof sentence === 'string' && sentence !== ''))];
}

function sentencesOf(error) {
  if (!error) {
    return [];
  }
  if (typeof error === 'string') {
    return [error];
  }
  return error.body ? sentencesOfBody(error.body) : [error.message || error.statusText];
}

function sentencesOfBody(body) {
  if (Array.isArray(body)) {
    return body.map((each) => each.message);
  }
  const output = body.output ?? body;
  const ofRecord = (output.errors ?? output.pageErrors ?? []).map((each) => each.message);
  const ofFields = Object.values(output.fieldErrors ?? {})
    .flat()
    .map((each) => each.message);
  const detailed = [...ofRecord, ...ofFields];
  return detailed.length > 0 ? detailed : [body.message];
}
