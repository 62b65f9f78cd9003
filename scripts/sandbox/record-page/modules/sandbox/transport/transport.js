const API = '/services/data/v66.0';

/** Freezes data handed to components: on the platform wired data is read-only, and a component that writes to it must fail here too. */
export function deepFreeze(value) {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/**
 * Calls the org: paths of the REST API, or `/sandbox/...` as they are. Rejects with the shape Lightning Data Service gives:
 * `{ ok: false, status, statusText, body: { message, errorCode, output… } }`.
 */
export async function call(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path.startsWith('/sandbox/') ? path : API + path, {
      method,
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw failure(0, '', { message: 'The local org does not answer. Is npm start still running?', errorCode: 'DISCONNECTED' });
  }
  const text = await response.text();
  const payload = text ? parse(text) : undefined;
  if (response.ok) return payload;
  const first = Array.isArray(payload) ? payload[0] : payload;
  throw failure(response.status, response.statusText, first || { message: response.statusText });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.slice(0, 500) };
  }
}

function failure(status, statusText, body) {
  return deepFreeze({ ok: false, status, statusText, body: { statusCode: status, ...body }, headers: {}, errorType: 'fetchResponse' });
}
