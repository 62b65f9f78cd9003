// Preloaded into the functions of the sandbox: their clock runs ahead of the machine's as the sandbox's does, and moves when that is moved.
const RealDate = Date;
let ahead = Number(process.env.TRUEUP_SANDBOX_AHEAD_MS ?? 0);
const now = () => RealDate.now() + ahead;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], proxy) => Reflect.construct(target, given.length === 0 ? [now()] : given, proxy) as object,
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
process.on('message', (moved: number) => {
  ahead = moved;
  process.send?.(moved);
});
// Listening holds up no end.
process.channel?.unref();
