import type { NameParts } from './party.ts';

/**
 * Families of legal forms, after dots and spaces are gone. Two families on one name are two legal persons. `Co` and `Company`
 * say nothing, being used beside most others. The forms are those of ISO 20275 that are written in Latin letters.
 */
const FORMS: Record<string, string[]> = {
  corporation: ['inc', 'incorporated', 'corp', 'corporation'],
  limited: ['ltd', 'limited', 'coltd', 'privatelimited', 'pvtltd', 'pteltd', 'pte', 'pvt', 'ltda', 'limitada', 'lda'],
  'proprietary limited': ['ptyltd', 'pty', 'proprietarylimited', 'ptylimited'],
  llc: ['llc', 'limitedliabilitycompany'],
  llp: ['llp', 'limitedliabilitypartnership'],
  lp: ['lp', 'limitedpartnership'],
  plc: ['plc', 'publiclimitedcompany'],
  gmbh: ['gmbh', 'mbh', 'gesellschaftmitbeschrankterhaftung', 'ggmbh'],
  'gmbh & co. kg': ['gmbhandcokg', 'gmbhcokg', 'gmbhcokgaa'],
  ag: ['ag', 'aktiengesellschaft'],
  kg: ['kg', 'kommanditgesellschaft'],
  ohg: ['ohg'],
  ug: ['ug', 'ughaftungsbeschrankt'],
  ev: ['ev'],
  eg: ['eg'],
  se: ['se'],
  sa: ['sa', 'societeanonyme', 'sociedadanonima'],
  'sa de cv': ['sadecv', 'sapidecv', 'srldecv'],
  sas: ['sas', 'sasu'],
  sarl: ['sarl', 'eurl', 'sarls'],
  sl: ['sl', 'slu', 'sociedadlimitada'],
  srl: ['srl', 'srls'],
  spa: ['spa', 'societaperazioni'],
  bv: ['bv', 'bvba', 'beslotenvennootschap'],
  nv: ['nv'],
  oy: ['oy'],
  oyj: ['oyj'],
  ab: ['ab', 'aktiebolag'],
  as: ['as', 'aksjeselskap'],
  asa: ['asa'],
  aps: ['aps', 'anpartsselskab'],
  kk: ['kk', 'kabushikikaisha'],
  'sp. z o.o.': ['spzoo'],
  'a.s.': ['aspol'],
  's.r.o.': ['sro'],
  kft: ['kft'],
  doo: ['doo'],
};
const FAMILY = new Map(Object.entries(FORMS).flatMap(([family, forms]) => forms.map((form) => [form, family] as const)));
const LONGEST_FORM = 5;

/** What people write short. Both sides are brought to one form. */
const WORDS: Record<string, string> = {
  intl: 'international',
  mfg: 'manufacturing',
  mfr: 'manufacturer',
  bros: 'brothers',
  assoc: 'associates',
  assocs: 'associates',
  tech: 'technology',
  technologies: 'technology',
  svc: 'service',
  svcs: 'service',
  services: 'service',
  sys: 'system',
  systems: 'system',
  grp: 'group',
  gruppe: 'group',
  ctr: 'center',
  centre: 'center',
  natl: 'national',
  univ: 'university',
  mgmt: 'management',
  mgt: 'management',
  eng: 'engineering',
  engg: 'engineering',
  dist: 'distribution',
  hldgs: 'holding',
  hldg: 'holding',
  holdings: 'holding',
  labs: 'laboratory',
  lab: 'laboratory',
  laboratories: 'laboratory',
  ent: 'enterprise',
  enterprises: 'enterprise',
  ind: 'industry',
  inds: 'industry',
  industries: 'industry',
  prods: 'product',
  products: 'product',
  solns: 'solution',
  solutions: 'solution',
  consulting: 'consulting',
  dept: 'department',
  govt: 'government',
};
/** Say nothing about who it is. */
const EMPTY = new Set(['the', 'and', 'of', 'co', 'company', 'cie', 'und', 'et', 'y', 'e', 'mr', 'mrs', 'ms', 'dr']);
const ORDINALS: Record<string, string> = { jr: 'jr', junior: 'jr', sr: 'sr', senior: 'sr', ii: '2', iii: '3', iv: '4', viii: '8' };

/** Letters that do not come apart into a plain one and a mark. */
const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Lower case without accents and marks; words apart by one space. */
export function plainText(text: string): string {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
      .replaceAll(/[&+]/g, ' and ')
      .replaceAll(/['’`´]/g, '')
      // S.A.R.L. and G.m.b.H. are one word each.
      .replaceAll(/\b(?:\p{L}{1,3}\.){2,}/gu, (dotted) => `${dotted.replaceAll('.', '')} `)
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}

/** Takes a name apart into what tells it from others. */
export function readName(name: string): NameParts {
  const all = plainText(name).split(' ').filter(Boolean);
  const { words: left, form } = withoutForm(all);
  const words: string[] = [];
  const ordinals: string[] = [];
  for (const word of left) {
    if (EMPTY.has(word)) continue;
    if (/\d/.test(word) || word in ORDINALS) ordinals.push(ORDINALS[word] ?? word.replace(/^0+(?=\d)/, ''));
    else words.push(WORDS[word] ?? word);
  }
  // A name of such words alone ("3M", "The Company") is told by them.
  const told = [words, left.filter((word) => !EMPTY.has(word)), left].find((some) => some.length > 0) ?? all;
  return { words: told, form, ordinals: ordinals.sort().join(' ') };
}

/** Takes the legal form off the end, written in one word or several; a name is never all form. */
function withoutForm(words: string[]): { words: string[]; form: string | null } {
  for (let count = Math.min(LONGEST_FORM, words.length - 1); count > 0; count -= 1) {
    const family = FAMILY.get(words.slice(-count).join(''));
    if (family) return { words: words.slice(0, -count), form: family };
  }
  return { words, form: null };
}
