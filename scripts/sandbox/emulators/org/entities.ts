import type { Clock } from '../core/clock.ts';
import type { FaultPlan } from '../core/faults.ts';
import type { OAuthClient } from './auth/oauth.ts';
import type { LocalOrgData } from './org-data.ts';
import type { Images } from './images.ts';
import type { RuntimeFactory } from './runtime.ts';
import type { OrgFeatures, SharingModel } from './schema/model.ts';
import type { Persona } from './seed-people.ts';

export interface OrgOptions {
  clock: Clock;
  faults: FaultPlan;
  /** 0 or nothing: any free port. */
  port?: number;
  /** Records are kept in `<dataDir>/org.sqlite`; nothing: in memory. */
  dataDir?: string;
  /** Root of the package, such as `force-app`. */
  packageDir: string;
  extraDirs?: string[];
  features?: Partial<OrgFeatures>;
  /** The first is the corporate currency. */
  currencies?: string[];
  timeZone?: string;
  /** Org-wide defaults that differ: standard objects are Private by default. */
  sharing?: Record<string, SharingModel>;
  /** Where the named credential `Trueup_Functions` points; nothing: no named credential, as in a new org. */
  functionsUrl?: string;
  /** Secrets by external credential, for its first principal: `{ Trueup_Functions: { token } }`. */
  credentials?: Record<string, Record<string, string>>;
  /** External client apps that may ask for tokens. */
  clients?: OAuthClient[];
  /** Token of the AppLink add-on; made up when absent. */
  appLinkToken?: string;
  dailyApiLimit?: number;
  /** Objects selected for Change Data Capture; none, as in a new org. */
  changeDataCapture?: readonly string[];
  /** Links shown on the record page's strip. */
  links?: { label: string; url: string }[];
  /** Runs the package's Apex and flows. */
  runtime?: RuntimeFactory;
}

export interface OrgUser {
  id: string;
  username: string;
  accessToken: string;
}

export interface RunningOrg extends Images {
  baseUrl: string;
  orgId: string;
  apiVersion: '66.0';
  users: Record<Persona, OrgUser>;
  appLink: { apiUrl: string; token: string };
  data: LocalOrgData;
  /** Value of the `x-client-context` header with which AppLink would call an operation for this user. */
  clientContext(user: Persona): string;
  /** Ends sessions as if their time had run out. */
  expireSessions(): void;
  runFlow(name: string): Promise<unknown>;
  runApexTests(filter?: string): Promise<unknown>;
  stop(): Promise<void>;
}
