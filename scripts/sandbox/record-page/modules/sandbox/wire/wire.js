// The wire protocol: one shared query per adapter and configuration, results frozen, emitted again only when they changed.
import { deepFreeze } from 'sandbox/transport';

const queries = new Map();
/** Emitted result -> its query, for refreshApex(). */
const origins = new WeakMap();

class Query {
  listeners = new Set();
  last;
  pending;
  stale = false;

  constructor(fetch, records) {
    this.fetch = fetch;
    this.records = new Set(records);
  }

  /** Fetches once at a time; a call during a fetch asks again after it, so that what it returns is never older than the call. */
  load() {
    if (this.pending) {
      this.stale = true;
      return this.pending;
    }
    this.pending = this.settle().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  async settle() {
    let result;
    do {
      this.stale = false;
      // eslint-disable-next-line no-await-in-loop -- asked again because something changed meanwhile: never at once
      result = await this.fetchOnce();
    } while (this.stale);
    if (!this.last || JSON.stringify(this.last) !== JSON.stringify(result)) this.emit(result);
    return this.last;
  }

  async fetchOnce() {
    try {
      const { data, recordIds = [] } = await this.fetch();
      recordIds.forEach((id) => this.records.add(id));
      return { data, error: undefined };
    } catch (error) {
      return {
        data: undefined,
        error: error.body ? error : { ok: false, status: 500, statusText: 'Client Error', body: { message: String(error) } },
      };
    }
  }

  emit(result) {
    this.last = deepFreeze(result);
    origins.set(this.last, this);
    this.listeners.forEach((listener) => listener(this.last));
  }
}

/**
 * A wire adapter class. `normalize(config)` gives undefined while a required part is missing (nothing is fetched then);
 * `fetch(config)` resolves `{ data, recordIds? }`; `records(config)` names the records whose change makes it stale.
 */
export function defineAdapter({ name, normalize, fetch, records = () => [] }) {
  return class Adapter {
    constructor(emit) {
      this.emit = emit;
      this.listener = (result) => this.connected && emit(result);
      // The platform emits once before it has anything.
      emit(Object.freeze({ data: undefined, error: undefined }));
    }

    connect() {
      this.connected = true;
      this.attach();
    }

    update(config) {
      const next = normalize(config);
      if (JSON.stringify(next) === JSON.stringify(this.config) && this.query) return;
      this.detach();
      this.config = next;
      this.attach();
    }

    disconnect() {
      this.connected = false;
      this.detach();
    }

    attach() {
      if (!this.connected || !this.config || this.query) return;
      const { config } = this;
      const key = name + JSON.stringify(config);
      const query = queries.get(key) || new Query(() => fetch(config), records(config));
      queries.set(key, query);
      query.listeners.add(this.listener);
      this.query = query;
      this.key = key;
      if (query.last) this.emit(query.last);
      else query.load();
    }

    detach() {
      if (!this.query) return;
      this.query.listeners.delete(this.listener);
      if (this.query.listeners.size === 0 && queries.get(this.key) === this.query) queries.delete(this.key);
      this.query = undefined;
    }
  };
}

/** Fetches again what a wire emitted; resolves once components have it. */
export async function refresh(emitted) {
  const query = origins.get(emitted);
  if (!query) throw new Error('Refresh failed because resolved configuration is not available.');
  await query.load();
}

/** Fetches again every wire that shows one of these records. */
export async function refreshRecords(recordIds) {
  const ids = new Set(recordIds);
  await Promise.all([...queries.values()].filter(({ records }) => [...records].some((id) => ids.has(id))).map((query) => query.load()));
}

/** Fetches again everything on the page, as a RefreshEvent does for the platform's own components. */
export async function refreshAll() {
  await Promise.all([...queries.values()].map((query) => query.load()));
}

/** `Account.Name` of a string or an imported field reference. */
export const fieldName = (reference) =>
  typeof reference === 'string' ? reference : reference && `${reference.objectApiName}.${reference.fieldApiName}`;
export const objectName = (reference) => (typeof reference === 'string' ? reference : reference?.objectApiName);
export const asArray = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
