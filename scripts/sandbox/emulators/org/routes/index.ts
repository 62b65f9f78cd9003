import { ingestRoutes } from '../bulk/ingest-routes.ts';
import { bulkQueryRoutes } from '../bulk/query-routes.ts';
import { uiApiRoutes } from '../ui-api/routes.ts';
import { actionRoutes } from './actions.ts';
import type { Api, Route } from './api.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { describeRoutes } from './describe.ts';
import { namedCredentialRoutes } from './named-credentials.ts';
import { queryRoutes } from './query.ts';
import { recordRoutes } from './records.ts';
import { treeRoutes } from './tree.ts';

/** Every route below `/services/data/vNN.0`. More exact paths come first. */
export const apiRoutes = (api: () => Api): Route[] => [
  ...queryRoutes,
  ...describeRoutes,
  ...recordRoutes,
  ...compositeRoutes(api),
  ...collectionRoutes,
  ...treeRoutes,
  ...ingestRoutes,
  ...bulkQueryRoutes,
  ...actionRoutes,
  ...namedCredentialRoutes,
  ...uiApiRoutes,
];
