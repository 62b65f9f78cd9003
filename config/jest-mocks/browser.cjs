const { webcrypto } = require('node:crypto');

// What every browser of Lightning Experience has and jsdom lacks.
if (!globalThis.crypto?.randomUUID) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
}
