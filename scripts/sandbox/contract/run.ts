import { existsSync } from 'node:fs';
import path from 'node:path';
import { compareExQuickBooks } from './quickbooks/exquickbooks.ts';
import { compareFaultIndex } from './quickbooks/fault-index.ts';
import { compareOAuthSamples } from './quickbooks/oauth-samples.ts';
import { compareRecordings } from './quickbooks/recordings.ts';
import { compareRubySamples } from './quickbooks/ruby-samples.ts';
import { compareTypesDump, compareXsd } from './quickbooks/schema-sources.ts';
import { compareWebhooks } from './quickbooks/webhook-samples.ts';
import { compareAppLink } from './salesforce/applink.ts';
import { compareDescribes } from './salesforce/describes.ts';
import { compareErrorBodies } from './salesforce/error-bodies.ts';
import { compareKnownFields } from './salesforce/known-fields.ts';
import { compareUiApi } from './salesforce/ui-api.ts';
import { notApplicable } from './verdict.ts';
import type { Finding, SourceReport } from './verdict.ts';

type System = SourceReport['system'];

/** Every source of recorded or official data below `folder`, compared with the stand-ins. A part that is absent says so. */
export async function runContract(folder: string): Promise<SourceReport[]> {
  const reports: SourceReport[] = [];
  const add = async (system: System, source: string, part: string, compare: () => Finding[] | Promise<Finding[]>) => {
    const isThere = existsSync(path.join(folder, part));
    reports.push({
      system,
      source,
      findings: isThere ? await compare() : [notApplicable(part, 'not among the recorded data of this machine')],
    });
  };
  const samples = 'quickbooks/samples';
  await add('QuickBooks', 'qbo_api recordings', `${samples}/qbo_api-vcr`, () => compareRecordings(folder));
  await add('QuickBooks', 'ExQuickBooks answers', `${samples}/exquickbooks`, () => compareExQuickBooks(folder));
  await add('QuickBooks', 'quickbooks-ruby XML', `${samples}/quickbooks-ruby-xml`, () => compareRubySamples(folder));
  await add('QuickBooks', 'OAuth samples', `${samples}/intuit-oauth`, () => compareOAuthSamples(folder));
  await add('QuickBooks', 'webhook vectors', `${samples}/webhooks`, () => compareWebhooks(folder));
  await add('QuickBooks', 'faults index', `${samples}/faults-index.json`, () => compareFaultIndex(folder));
  await add('QuickBooks', "Intuit's XSD", 'quickbooks/xsd', () => compareXsd(folder));
  await add('QuickBooks', 'attribute tables', 'quickbooks/docs-scrape', () => compareTypesDump(folder));
  await add('Salesforce', 'describes', 'salesforce/describe', () => compareDescribes(folder));
  const errors = existsSync(path.join(folder, 'salesforce/error-catalogue.json')) ? await compareErrorBodies(folder) : undefined;
  await add('Salesforce', 'error catalogue', 'salesforce/error-catalogue.json', () => errors!.catalogue);
  await add('Salesforce', 'observed error bodies', 'salesforce/observed-error-bodies.json', () => errors!.observed);
  await add('Salesforce', 'LWC Recipes UI API', 'salesforce/lwc-recipes', () => compareUiApi(folder));
  await add('Salesforce', 'AppLink SDK mappings', 'salesforce/heroku-applink-nodejs', () => compareAppLink(folder));
  await add('Salesforce', 'standard fields (API 65)', 'salesforce/std.json', () => compareKnownFields(folder));
  return reports;
}
