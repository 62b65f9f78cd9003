/** The look of the hosted invoice page. */
export const HOSTED_STYLES = `
:root { color-scheme: light; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; color: #1a1f36; background: #f6f8fa; }
* { box-sizing: border-box; }
body { margin: 0; }
.testmode { margin: 0; padding: .25rem 1rem; text-align: center; background: #ffde92; color: #4b2b00; font-size: .85rem; }
main { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
.card { background: #fff; border-radius: .5rem; padding: 1.5rem; margin-bottom: 1rem; box-shadow: 0 1px 3px rgb(0 0 0 / 15%); }
.from, .due, dt, .hint { color: #4f566b; margin: 0; }
h1 { font-size: 1.8rem; margin: .25rem 0; }
h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
dl { margin: 1rem 0; border-top: 1px solid #e3e8ee; padding-top: 1rem; }
dl div { display: flex; gap: 1rem; }
dt { flex: 0 0 7rem; }
dd { margin: 0; overflow-wrap: anywhere; }
a { color: #4b44c8; }
table { width: 100%; border-collapse: collapse; margin-top: .75rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .35rem 0; text-align: left; border-bottom: 1px solid #e3e8ee; font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
label { display: block; font-size: .9rem; margin: .5rem 0 .2rem; }
input { width: 100%; font: inherit; padding: .5rem .75rem; border: 1px solid #8792a2; border-radius: .375rem; }
.pair { display: flex; gap: 1rem; }
.pair div { flex: 1; }
button { width: 100%; margin: 1rem 0 .5rem; padding: .75rem; font: inherit; font-weight: 600; color: #fff; background: #4b44c8; border: 0; border-radius: .375rem; cursor: pointer; }
button.second { background: #fff; color: #1a1f36; border: 1px solid #8792a2; }
:focus-visible { outline: 2px solid #4b44c8; outline-offset: 2px; }
.hint { font-size: .85rem; }
.good { color: #0b5d2a; }
.bad { color: #a41c2b; }
`;
