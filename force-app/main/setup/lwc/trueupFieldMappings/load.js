import companies from '@salesforce/apex/TrueupMappingSources.companies';
import latestInvoices from '@salesforce/apex/TrueupMappingSources.latestInvoices';
import savedMappings from '@salesforce/apex/TrueupMappingSources.savedMappings';
import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import targetFields from '@salesforce/apex/TrueupMappings.targetFields';
import { mappingOf } from 'c/trueupMapping';

/** What the page needs of Salesforce. @throws what Apex threw */
export async function loadSalesforce() {
  const [records, known, invoices] = await Promise.all([savedMappings(), companies(), latestInvoices()]);
  return { mappings: records.map(mappingOf), companies: known, invoices };
}

/** The live fields of both books, and how each saved mapping stands: `{ targets, checks, problems, error }`. Never throws. */
export async function loadBooks() {
  try {
    const fields = await targetFields();
    const standing = await loadChecks().catch((error) => ({ problems: [], error }));
    // What keeps one from answering keeps the other too: said once.
    return { ...standing, targets: fields.targets ?? [], problems: fields.problems?.length ? fields.problems : standing.problems };
  } catch (error) {
    return { targets: [], problems: [], error };
  }
}

/** Without mappings the functions read the saved ones anew. */
export async function loadChecks() {
  const { checks, problems } = await previewMapping({ mappingsJson: '', invoiceId: '' });
  return { checks: checks && new Map(checks.map((check) => [check.name, check.problems])), problems: problems ?? [] };
}
