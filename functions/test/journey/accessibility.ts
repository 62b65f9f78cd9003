import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  nodes: { html: string }[];
}

/** What Salesforce's own components bring along; it is the same in an org and not ours to change. */
const ALLOWED = [{ rule: 'target-size', html: /Select a date for/, why: 'the calendar button of lightning-input is 16 by 16 pixels' }];

const isAllowed = (id: string, html: string) => ALLOWED.some((allowed) => allowed.rule === id && allowed.html.test(html));

/** Rules of axe that the page as it stands breaks, each with the elements that do. */
export async function brokenRules(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run());
  return found.violations
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ html }) => !isAllowed(id, html)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, nodes }) => `${id} (${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')})`);
}
