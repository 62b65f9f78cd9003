import type { FaultPlan } from './emulators/core/index.ts';
import { timed } from './explain.ts';
import { type GroundOptions, STAND_INS, type StandIn, onGround } from './ground.ts';
import { type SandboxInfo, orgInfo, publish, quickbooksInfo, stripeInfo } from './info.ts';
import { choosePorts } from './ports.ts';
import { fillOrg, fillStripe, openOrg, openQuickbooks, openStripe } from './stand-ins.ts';
import { SandboxError } from './state.ts';

export interface OnlyOptions extends GroundOptions {
  /** Base of the ports; each stand-in keeps the one it has in the whole sandbox. 0 (the default): any free ones. */
  port?: number;
}

export interface Only {
  /** What is served, as in `sandbox.json`. */
  info: Partial<SandboxInfo>;
  faults: FaultPlan;
  stop(): Promise<void>;
}

/** Reads `stripe,quickbooks`. */
export function readStandIns(text: string): StandIn[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !STAND_INS.includes(name as StandIn));
  if (unknown.length > 0)
    throw new SandboxError(
      `There is no stand-in named ${unknown.map((name) => `"${name}"`).join(', ')}.`,
      `Name one or more of ${STAND_INS.join(', ')}, separated by commas: npm start -- --only stripe`,
    );
  return names as StandIn[];
}

/** Serves some of the stand-ins by themselves: no functions, no database, no page, and webhooks only where a person points them. */
export function startOnly(names: StandIn[], options: OnlyOptions = {}): Promise<Only> {
  return onGround(options, async (ground) => {
    const ports = await choosePorts(options.port ?? 0, names);
    const step = timed(ground.log);
    const has = (name: StandIn) => names.includes(name);
    const [stripe, quickbooks, org] = await Promise.all([
      has('stripe') ? step('Stripe stand-in', () => openStripe(ground, { port: ports.stripe })) : undefined,
      has('quickbooks') ? step('QuickBooks stand-in', () => openQuickbooks(ground, { port: ports.quickbooks })) : undefined,
      has('org') ? step('local org', () => openOrg(ground, { port: ports.org })) : undefined,
    ]);
    for (const running of [stripe, quickbooks, org]) if (running) ground.stops.push(() => running.stop());
    if (stripe) await fillStripe(ground, stripe);
    if (org) await step('seed data', () => fillOrg(ground, org));
    ground.remember();
    const info: Partial<SandboxInfo> = {
      ...(org ? { org: orgInfo(org) } : {}),
      ...(stripe ? { stripe: stripeInfo(stripe) } : {}),
      ...(quickbooks ? { quickbooks: quickbooksInfo(quickbooks) } : {}),
    };
    ground.stops.push(publish(ground.dataDir, info));
    return { info, faults: ground.faults, stop: ground.stop };
  });
}
