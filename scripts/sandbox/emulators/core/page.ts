/** Markup that is already safe. Made by the `html` tag only. */
export interface Html {
  readonly markup: string;
}

/** Text or markup that `html` accepts in a hole; text is escaped, lists are joined, nothing (null, undefined, false) is left out. */
export type Content = Html | string | number | boolean | null | undefined | Content[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const render = (content: Content): string => {
  if (content === null || content === undefined || content === false || content === true) return '';
  if (Array.isArray(content)) return content.map(render).join('');
  return typeof content === 'object' ? content.markup : escapeHtml(String(content));
};

/** Template tag: every hole is escaped unless it is `Html` itself. */
export function html(parts: TemplateStringsArray, ...holes: Content[]): Html {
  return { markup: parts.reduce((markup, part, index) => markup + render(holes[index - 1]) + part) };
}

/** A table whose cells are content; `empty` is shown when there are no rows. */
export function table(caption: string, columns: string[], rows: Content[][], empty = 'Nothing here yet.'): Html {
  if (!rows.length) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A list of names and values. */
export function details(entries: [string, Content][]): Html {
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A link within the same stand-in. */
export function link(href: string, text: string): Html {
  return html`<a href="${href}">${text}</a>`;
}

/** A small coloured word for a state. */
export function badge(text: string, tone: 'good' | 'bad' | 'plain' = 'plain'): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}

export interface PageOptions {
  /** Name of the stand-in, in the header of every page. */
  product: string;
  title: string;
  nav: { href: string; label: string }[];
  /** The `href` of the current entry of `nav`. */
  current?: string;
  body: Content;
}

/** A whole inspection page. Serve it with `PAGE_HEADERS`, and `PAGE_STYLES` under `/sandbox/page.css`. */
export function renderPage({ product, title, nav, current, body }: PageOptions): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | ${product}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/sandbox/page.css" />
      </head>
      <body>
        <header>
          <strong>${product}</strong><span class="note">Local sandbox. Nothing here is real.</span>
          <nav aria-label="Sections">
            ${nav.map((entry) => html`<a href="${entry.href}" ${entry.href === current ? CURRENT : ''}>${entry.label}</a>`)}
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.markup;
}

const CURRENT: Html = { markup: ' aria-current="page"' };

/** Headers of every inspection page: no script, nothing from elsewhere. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  // Not no-referrer: a form would then name no origin, and could not be told from one elsewhere.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};
