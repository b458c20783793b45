// The data of the page: from the script tags to indexed records. Nothing here touches the view.

/** Base64 as bytes: a loop, for `Uint8Array.from` takes a second where this takes a tenth. */
export function bytesOf(packed) {
  const text = atob(packed.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

const unpack = async (packed) => {
  const bytes = bytesOf(packed);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

const read = async (id) => {
  const tag = document.getElementById(id);
  return tag.type === "application/json" ? JSON.parse(tag.textContent) : unpack(tag.textContent);
};

/** Data that should stand beside the page and do not. */
export class Missing extends Error {}

// A page from a file may not fetch its neighbours, but it may run them: each hands its data to this function.
const arrived = new Map();
globalThis.kgText = (number, packed) => arrived.set(number, packed);
const beside = (folder, number) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = `${folder}/text-${number}.js`;
  const end = () => {
    script.remove();
    const packed = arrived.get(number);
    arrived.delete(number);
    if (packed) resolve(unpack(packed));
    else reject(new Missing(`${script.src} is missing. The words of the papers stand in the folder ${folder} beside this page: keep the two together, or use kg serve.`));
  };
  script.onload = end;
  script.onerror = end;
  document.head.append(script);
});

const ENTITY = ["key", "type", "label", "aliases", "kind", "vendor", "family", "broader", "partOf", "year", "wikidata",
  "specs", "inferred", "source", "support"];
const PAPER = ["key", "title", "year", "date", "url", "authors", "categories", "entities"];
const RESULT = ["paper", "metric", "metricEntity", "value", "low", "high", "unit", "better", "change", "hardware",
  "dataset", "baseline", "start", "end", "extractor", "score", "cues"];
const record = (names, row) => Object.fromEntries(names.map((n, i) => [n, row[i]]));
const push = (map, key, value) => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** A node is an index: entities first, then papers. */
export async function load() {
  const core = await read("kg-core");
  const entities = core.entities.map((row) => record(ENTITY, row));
  const papers = core.papers.map((row) => record(PAPER, row));
  const n = entities.length;
  const kg = { ...core, entities, papers, n, nodes: [...entities, ...papers] };
  papers.forEach((p, i) => Object.assign(p, { label: p.title, type: "Paper", at: i }));
  kg.nodes.forEach((node, i) => (node.id = i));
  kg.byKey = new Map(kg.nodes.map((node) => [node.key, node.id]));
  kg.type = Object.fromEntries(core.types.map((t) => [t.name, t]));
  kg.role = Object.fromEntries(core.roles.map((r) => [r.name, r]));
  kg.relation = Object.fromEntries(core.relations.map((r) => [r.name, r]));
  kg.results = core.results.map((row, i) => {
    const r = record(RESULT, row);
    return { ...r, id: i, extractor: kg.extractors[r.extractor], cues: kg.cues[r.cues] };
  });
  index(kg);
  const chunks = new Map();
  kg.text = async (paper) => {
    const c = Math.floor(paper / core.chunk);
    if (!chunks.has(c)) chunks.set(c, core.beside ? beside(core.beside, c) : read(`kg-text-${c}`));
    const [abstract, mentions] = (await chunks.get(c))[paper % core.chunk];
    return { text: `${papers[paper].title}\n\n${abstract}`, abstract, mentions };
  };
  return kg;
}

function index(kg) {
  const { s, r, o, p, a, b, q, x, c } = kg.facts;
  const names = kg.relations.map((rel) => rel.name);
  const roleOf = { targets: 0, evaluated_on: 1, compared_with: 2, mentions: 3 };
  const [roles, proposes] = [names.map((name) => roleOf[name]), names.indexOf("proposes")];
  const hardware = Uint8Array.from(kg.nodes, (node) => node.type === "Hardware");
  kg.fact = (i) => ({ id: i, subject: s[i], relation: names[r[i]], object: o[i], paper: p[i], start: a[i], end: b[i],
    score: q[i] / 100, extractor: kg.extractors[x[i]], cues: kg.cues[c[i]] });
  kg.factsOfPaper = kg.papers.map(() => []);
  kg.factsOf = new Map();
  for (let i = 0; i < s.length; i++) {
    kg.factsOfPaper[p[i]].push(i);
    if (s[i] < kg.n) push(kg.factsOf, s[i], i);
    push(kg.factsOf, o[i], i);
  }
  kg.children = new Map();
  for (const e of kg.entities) for (const parent of e.broader) push(kg.children, parent, e.id);
  kg.papersOf = new Map(); // entity -> papers that speak of it
  kg.papers.forEach((paper, at) => paper.entities.forEach((e) => push(kg.papersOf, e, at)));
  kg.resultsOfPaper = new Map();
  for (const result of kg.results) push(kg.resultsOfPaper, result.paper, result);
  kg.proposed = kg.papers.map(() => []);
  // What the matrix counts: for each paper its hardware with role, the facts, and who is said to do it.
  kg.uses = kg.papers.map(() => []);
  kg.papers.forEach((_, at) => {
    const byHardware = new Map();
    for (const i of kg.factsOfPaper[at]) {
      if (r[i] === proposes) kg.proposed[at].push(o[i]);
      const role = roles[r[i]];
      if (role === undefined || !hardware[o[i]]) continue;
      if (!byHardware.has(o[i])) byHardware.set(o[i], { hardware: o[i], facts: [] });
      byHardware.get(o[i]).facts.push({ fact: i, role, subject: s[i] < kg.n ? s[i] : null });
    }
    kg.uses[at] = [...byHardware.values()];
  });
  kg.made = kg.proposed.map((list) => list.filter((e) => ["Method", "Model", "Software"].includes(kg.nodes[e].type)));
}

/** The node and everything above it along `broader`; a cycle ends where it began. */
export function ancestors(kg, id, seen = new Set()) {
  if (!seen.has(id)) {
    seen.add(id);
    for (const parent of kg.nodes[id].broader ?? []) ancestors(kg, parent, seen);
  }
  return seen;
}

/** The node and everything below it. */
export function descendants(kg, id, seen = new Set()) {
  if (!seen.has(id)) {
    seen.add(id);
    for (const child of kg.children.get(id) ?? []) descendants(kg, child, seen);
  }
  return seen;
}

/** The sentence around a span: where a mention's sentence covers it that one, else by its full stops. */
export function sentence({ text, mentions }, start, end) {
  for (const m of mentions) if (m[3] <= start && start < m[4]) return [m[3], Math.max(m[4], end)];
  const title = text.indexOf("\n\n");
  const from = start > title ? Math.max(title + 2, text.lastIndexOf(". ", start) + 2) : 0;
  const stop = text.slice(end - 1).search(/[.!?](\s|$)/);
  const to = start <= title ? title : stop < 0 ? text.length : end + stop;
  return [Math.min(from, start), Math.max(to, end)];
}

export const route = (node) => `#/${node.type === "Paper" ? "paper" : "entity"}/${
  (node.type === "Paper" ? node.key.slice(6) : node.key).split("/").map(encodeURIComponent).join("/")}`;
