import { entityNamed } from '../entities.ts';
import { faults } from '../errors.ts';
import { downloadRoute, uploadRoute } from './attachments.ts';
import { batchRoute } from './batch.ts';
import type { Call, Reply } from './call.ts';
import { cdcRoute } from './cdc.ts';
import { companyRoute } from './company.ts';
import { entityRoute } from './entity.ts';
import { queryRoute } from './query.ts';
import { reportRoute } from './reports.ts';

/** Resources that are no entities; a name with a method answers to that method only, and to nothing below it. */
const RESOURCES: Record<string, { method?: string; run(call: Call): Reply | undefined }> = {
  query: { run: (call) => (call.segments.length === 1 ? queryRoute(call) : undefined) },
  cdc: { method: 'GET', run: (call) => (call.segments.length === 1 ? cdcRoute(call) : undefined) },
  batch: { method: 'POST', run: (call) => (call.segments.length === 1 ? batchRoute(call) : undefined) },
  upload: { method: 'POST', run: (call) => (call.segments.length === 1 ? uploadRoute(call) : undefined) },
  download: { method: 'GET', run: downloadRoute },
  reports: { method: 'GET', run: reportRoute },
  companyinfo: { run: companyRoute },
  preferences: { run: companyRoute },
};

/** Finds what a path leads to; nothing is answered as recorded, with code 500 and HTTP 400. */
export function routeCall(call: Call): Reply {
  const name = (call.segments[0] ?? '').toLowerCase();
  const resource = RESOURCES[name];
  const entity = entityNamed(name);
  const isAllowed = resource && (resource.method === undefined || resource.method === call.method);
  const answer = resource ? (isAllowed ? resource.run(call) : undefined) : entity ? entityRoute(call, entity) : undefined;
  if (!answer) throw faults.noSuchResource(call.path, `https://sandbox.qbo.intuit.com/qbo${call.path}`);
  return answer;
}
