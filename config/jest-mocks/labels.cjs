const { readFileSync } = require('node:fs');
const path = require('node:path');

const FILE = path.join(process.cwd(), 'force-app/main/shared/labels/CustomLabels.labels-meta.xml');
const LABEL = /<fullName>([^<]+)<\/fullName>[\s\S]*?<value>([\s\S]*?)<\/value>/g;
const plain = (text) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

// Components show the package's own words in tests too, so that a missing or misspelt label is seen.
for (const [, name, value] of readFileSync(FILE, 'utf8').matchAll(LABEL)) {
  jest.doMock(`@salesforce/label/c.${name}`, () => ({ __esModule: true, default: plain(value) }), { virtual: true });
}
