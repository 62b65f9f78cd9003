// The browser's clock goes with the sandbox's, for the page alone: "5 minutes ago" is said of the time the org has.
const RealDate = Date;
let ahead = 0;
const now = () => RealDate.now() + ahead;

/** Sets the page's time, in milliseconds since the epoch. */
export function follow(sandboxNow) {
  ahead = sandboxNow - RealDate.now();
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, proxy) => Reflect.construct(target, given.length === 0 ? [now()] : given, proxy),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
