import { html, renderPage, table } from './page.ts';

/** How sure a stand-in is of one thing it does. */
export type Fidelity = 'recorded' | 'documented' | 'typed' | 'assumed';

/** One route, entity or rule that a stand-in covers. */
export interface CoverageRow {
  item: string;
  kind: 'route' | 'entity' | 'rule';
  fidelity: Fidelity;
  /** The public page, recording or type the behaviour comes from. */
  source: string;
}

export interface Coverage {
  add(...rows: CoverageRow[]): void;
  /** Counts something that was asked for and is not modelled. */
  refuse(item: string): void;
  rows(): CoverageRow[];
  refusals(): { item: string; count: number }[];
  /** The page under `/sandbox/coverage`. */
  page(frame: { product: string; nav: { href: string; label: string }[] }): string;
}

/** Keeps what a stand-in covers and what it refused since it started. */
export function createCoverage(): Coverage {
  const rows: CoverageRow[] = [];
  const refused = new Map<string, number>();
  const refusals = () => [...refused].map(([item, count]) => ({ item, count })).sort((a, b) => b.count - a.count);
  return {
    add: (...added) => void rows.push(...added),
    refuse: (item) => void refused.set(item, (refused.get(item) ?? 0) + 1),
    rows: () => rows.map((row) => ({ ...row })),
    refusals,
    page: (frame) =>
      renderPage({
        ...frame,
        title: 'Coverage',
        current: '/sandbox/coverage',
        body: html`<p>
            What this stand-in covers, and how sure it is: recorded from the real system, documented, typed by the SDK, or assumed.
            Everything else is refused and counted.
          </p>
          <h2>Refused since start</h2>
          ${table(
            'Refused',
            ['Asked for', 'Times'],
            refusals().map(({ item, count }) => [item, count]),
            'Nothing was refused.',
          )}
          <h2>Covered</h2>
          ${table(
            'Covered',
            ['Item', 'Kind', 'Fidelity', 'Source'],
            rows.map((row) => [row.item, row.kind, row.fidelity, row.source]),
          )}`,
      }),
  };
}
