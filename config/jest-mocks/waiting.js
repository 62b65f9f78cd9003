/** Resolves once everything that is due by then has happened. */
export const settle = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves with the value after so many milliseconds, on the fake clock too. */
export const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
