/** The look of the inspection pages, after Salesforce's Lightning Design System. */
export const PAGE_STYLES = `
:root { color-scheme: light; font: 13px/1.5 "Salesforce Sans", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; color: #181818; background: #f3f3f3; }
* { box-sizing: border-box; }
body { margin: 0; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .75rem 1.5rem 0; background: #fff; border-bottom: 3px solid #0176d3; }
header strong { font-size: 1.25rem; font-weight: 600; }
.note { color: #5c5c5c; }
nav { flex-basis: 100%; display: flex; flex-wrap: wrap; gap: .25rem; }
nav a { padding: .5rem .75rem; color: #181818; text-decoration: none; border-bottom: 3px solid transparent; }
nav a:hover, nav a[aria-current] { border-bottom-color: #0176d3; background: #eef4ff; }
main { max-width: 90rem; margin: 1rem auto; padding: 0 1.5rem 3rem; }
h1 { font-size: 1.4rem; font-weight: 600; margin: .5rem 0 1rem; }
h2 { font-size: 1.05rem; font-weight: 600; margin: 1.5rem 0 .5rem; }
a { color: #0b5cab; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, .scroll:focus-visible { outline: 2px solid #0176d3; outline-offset: 2px; }
.scroll { overflow-x: auto; background: #fff; border: 1px solid #c9c9c9; border-radius: .25rem; }
table { width: 100%; border-collapse: collapse; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid #e5e5e5; white-space: nowrap; }
th { background: #f3f3f3; font-weight: 600; color: #444; }
tbody tr:hover { background: #f3f3f3; }
td.number, th.number, .number { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .75rem 1.5rem; margin: 0; padding: 1rem; background: #fff; border: 1px solid #c9c9c9; border-radius: .25rem; }
dt { color: #5c5c5c; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { overflow: auto; padding: 1rem; background: #fff; border: 1px solid #c9c9c9; border-radius: .25rem; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; background: #e5e5e5; }
.badge.good { background: #cdefc4; color: #194e31; }
.badge.bad { background: #feded8; color: #8e030f; }
.empty { padding: 2rem; text-align: center; color: #5c5c5c; background: #fff; border: 1px solid #c9c9c9; border-radius: .25rem; }
.title { font-weight: 600; }
.said { min-height: 1.5em; margin: .5rem 0; font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: .75rem 0; align-items: center; }
form { margin: 0; }
form.inline { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
button { padding: .25rem .875rem; border: 1px solid #747474; border-radius: .25rem; background: #fff; color: #0b5cab; font: inherit; cursor: pointer; white-space: nowrap; }
button:hover { background: #f3f3f3; }
button.brand { background: #0176d3; border-color: #0176d3; color: #fff; }
button.brand:hover { background: #014486; }
button:disabled { border-color: #c9c9c9; color: #747474; background: #f3f3f3; cursor: default; }
input, select { padding: .25rem .5rem; border: 1px solid #747474; border-radius: .25rem; background: #fff; color: inherit; font: inherit; }
input[type=number] { width: 5.5rem; }
input.wide { width: 21rem; }
input::placeholder { color: #5c5c5c; }
.faults td:first-child { white-space: normal; min-width: 18rem; width: 60%; }
.card { padding: 1rem; margin: 0 0 1rem; background: #fff; border: 1px solid #c9c9c9; border-radius: .25rem; }
.card h2 { margin-top: 0; }
.pager { display: flex; gap: 1rem; margin: 1rem 0; }
`;
