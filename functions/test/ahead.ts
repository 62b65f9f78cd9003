// Preloaded into the functions by `restartLater`: their clock runs ahead as the sandbox's does, so that hours pass in a test.
const ms = Number(process.env.TRUEUP_TEST_AHEAD_MS ?? 0);
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], proxy) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + ms] : given, proxy) as object,
  apply: () => new RealDate(RealDate.now() + ms).toString(),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + ms : (Reflect.get(target, name) as unknown)),
});
