import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  nodes: { html: string }[];
}

/** What the page is asked for: axe's whole report is a megabyte, nearly all of it rules that hold. */
interface Axe {
  run(options: { resultTypes: ['violations'] }): Promise<{ violations: Finding[] }>;
}

/** What Salesforce's own components bring along; it is the same in an org and not ours to change. */
const ALLOWED = [{ rule: 'target-size', html: /Select a date for/, why: 'the calendar button of lightning-input is 16 by 16 pixels' }];

const isAllowed = (id: string, html: string) => ALLOWED.some((allowed) => allowed.rule === id && allowed.html.test(html));

/** Rules of axe that the page as it stands breaks, each with the elements that do. */
export async function brokenRules(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }));
  });
  return found
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ html }) => !isAllowed(id, html)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, nodes }) => `${id} (${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')})`);
}
