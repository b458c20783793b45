// The page of one entity: what it is, where it stands, which papers, its neighbours, its results.
import { clear, copyButton, count, h, number, outside, svg } from "./dom.js";
import { factsCsv, papers as evidenceList } from "./evidence.js";
import { descendants, route } from "./kg.js";
import { plot } from "./results.js";
import { about } from "./sparql.js";
import { address } from "./state.js";

export const chip = (kg, id, extra) => {
  const node = kg.nodes[id];
  return h("a", { href: route(node), class: `chip t-${kg.type[node.type].slug}`, title: `${node.type}: ${node.label}` }, node.label, extra === undefined ? null : h("small", {}, ` ${extra}`));
};

export function missing(main, what, key) {
  clear(main, h("article", { class: "page" }, h("h1", {}, `No ${what} “${key}” in this knowledge base`), h("p", {}, "It may have been renamed or merged in a later build. Search for it above, or ", h("a", { href: "#/browse" }, "browse everything"), ".")));
}

export async function show(kg, main, { rest }) {
  const id = kg.byKey.get(rest);
  if (id === undefined || id >= kg.n) return missing(main, "entity", rest);
  const e = kg.nodes[id];
  const type = kg.type[e.type];
  const all = descendants(kg, id);
  if (e.type === "Vendor") for (const x of kg.entities) if (x.vendor === id) all.add(x.id);
  const narrower = all.size > 1;
  const facts = [...all].flatMap((n) => kg.factsOf.get(n) ?? []);
  const speak = new Set([...all].flatMap((n) => kg.papersOf.get(n) ?? []));
  const near = related(kg, all, speak);
  const section = (title, ...body) => h("section", {}, h("h2", {}, title), ...body);
  clear(main, h("article", { class: "page entity" },
    h("p", { class: "kicker" }, h("span", { class: `chip t-${type.slug}` }, type.name), e.kind ? ` ${e.kind}` : "", e.year ? ` · ${e.year}` : ""),
    h("h1", {}, e.label),
    h("p", { class: "lead" }, lead(kg, e, speak, narrower)),
    h("div", { class: "columns" },
      h("div", { class: "body" },
        await byRole(kg, e, all, speak, facts, section),
        results(kg, e, all, section),
        section("Around it", h("p", { class: "hint" }, "What the same papers speak of, by number of papers."), ego(kg, e, near.slice(0, 24))),
        neighbours(kg, near, section)),
      h("aside", { class: "facts", "aria-label": "What is known" }, known(kg, e), tree(kg, e), sparql(kg, e),
        h("p", { class: "actions" }, copyButton("Copy facts as CSV", "Facts", () => factsCsv(kg, facts)),
          e.type === "Hardware" ? h("a", { href: address("matrix", { under: e.key, cols: "product" }) }, "In the matrix") : null)))));
}

function lead(kg, e, speak, narrower) {
  const what = e.source === "text" ? "Known from the papers alone" : e.source === "user" ? "Known from your own catalogue" : "Known from the catalogue";
  return `${count(speak.size, "paper")} of ${number(kg.papers.length)} ${speak.size === 1 ? "speaks" : "speak"} of it${narrower ? " or of something narrower" : ""}. ${what}${e.inferred ? "; it was recognised by the form of its name" : ""}.`;
}

/** Facts in which it takes part, one block a relation: roles for hardware, uses and proposals for the rest. */
async function byRole(kg, e, all, speak, facts, section) {
  const groups = new Map();
  for (const i of facts) {
    const f = kg.fact(i);
    const passive = all.has(f.object);
    if (e.type === "Hardware" && passive && ["targets", "evaluated_on", "compared_with", "mentions"].includes(f.relation)) continue;
    const key = `${passive ? "" : ">"}${f.relation}`;
    if (!groups.has(key)) groups.set(key, new Map());
    const papers = groups.get(key);
    const other = passive ? f.subject : f.object;
    if (!papers.has(other)) papers.set(other, new Set());
    papers.get(other).add(f.paper);
  }
  const blocks = [];
  if (e.type === "Hardware") {
    const entries = new Map();
    for (const paper of speak) kg.uses[paper].filter((u) => all.has(u.hardware)).forEach((u) => {
      if (!entries.has(paper)) entries.set(paper, { paper, role: 9, facts: [] });
      const entry = entries.get(paper);
      entry.facts.push(...u.facts);
      entry.role = Math.min(entry.role, ...u.facts.map((f) => f.role));
    });
    const sorted = [...entries.values()].sort((x, y) => x.role - y.role || (kg.papers[y.paper].year ?? 0) - (kg.papers[x.paper].year ?? 0));
    blocks.push(section("Papers by role", sorted.length ? await evidenceList(kg, sorted, all, 8) : h("p", {}, "No paper uses it in a role.")));
  }
  const title = (key) => (key.startsWith(">") ? kg.relation[key.slice(1)].label : { proposes: "Proposed by", targets: "Targeted by", evaluated_on: "Evaluated on by", compared_with: "Compared with by", mentions: "Mentioned by" }[key] ?? `${kg.relation[key].label}: by`);
  for (const [key, others] of [...groups].sort()) {
    const rows = [...others].sort((x, y) => y[1].size - x[1].size || kg.nodes[x[0]].label.localeCompare(kg.nodes[y[0]].label));
    blocks.push(section(cap(title(key)), listing(rows, ([id, papers]) => item(kg, id, papers))));
  }
  return blocks;
}

/** Some names, and the others behind a click. */
function few(names, most = 6) {
  if (names.length <= most + 2) return names.join(", ");
  const rest = h("button", { type: "button", class: "link", onclick: () => rest.replaceWith(names.slice(most).join(", ")) }, `${names.length - most} more`);
  return [names.slice(0, most).join(", "), ", ", rest];
}

const cap = (text) => text[0].toUpperCase() + text.slice(1);
const item = (kg, id, papers) => h("li", {}, h("a", { href: route(kg.nodes[id]) }, kg.nodes[id].label),
  kg.nodes[id].type === "Paper" ? h("small", {}, ` ${kg.papers[id - kg.n].year ?? ""}`) : [" ", h("small", {}, "in "), [...papers].slice(0, 3).map((p, i) => [i ? ", " : "", h("a", { class: "minor", href: route(kg.papers[p]) }, short(kg.papers[p].title))]), papers.size > 3 ? h("small", {}, ` and ${papers.size - 3} more`) : null]);
const short = (title) => (title.length > 60 ? `${title.slice(0, 57).trimEnd()}…` : title);

/** A list that shows some and says how many are left. */
export function listing(rows, make, page = 12) {
  const ul = h("ul", { class: "listing" }, rows.slice(0, page).map(make));
  let at = Math.min(page, rows.length);
  const more = h("button", { type: "button", class: "more", onclick: () => {
    ul.append(...rows.slice(at, at + 100).map(make));
    at = Math.min(at + 100, rows.length);
    label();
  } });
  const label = () => {
    more.hidden = at >= rows.length;
    more.textContent = `Show ${number(Math.min(100, rows.length - at))} more of ${number(rows.length - at)} not drawn`;
  };
  label();
  return [ul, more];
}

function known(kg, e) {
  const rows = [];
  if (e.aliases.length) rows.push(["Also called", few(e.aliases)]);
  if (e.vendor !== null) rows.push(["Made by", h("a", { href: route(kg.nodes[e.vendor]) }, kg.nodes[e.vendor].label)]);
  if (e.family) rows.push(["Family", e.family]);
  if (e.partOf.length) rows.push(["Part of", e.partOf.map((p, i) => [i ? ", " : "", h("a", { href: route(kg.nodes[p]) }, kg.nodes[p].label)])]);
  const figures = new Map();
  for (const [name, value, unit, source, format] of e.specs) {
    const what = cap(name) + (format ? ` (${format})` : "");
    if (!figures.has(what)) figures.set(what, []);
    figures.get(what).push([figures.get(what).length ? ", " : "", `${number(value)} ${UNITS[unit] ?? unit} `, outside(source, h("small", {}, "source"))]);
  }
  rows.push(...figures);
  if (e.wikidata) rows.push(["Wikidata", outside(`https://www.wikidata.org/wiki/${e.wikidata}`, e.wikidata)]);
  rows.push(["Key", h("code", {}, e.key)]);
  return h("dl", {}, rows.map(([k, v]) => [h("dt", {}, k), h("dd", {}, v)]));
}
export const UNITS = { "GigaBYTE": "GB", "GigaBYTE-PER-SEC": "GB/s", TeraFLOPS: "TFLOPS", NanoM: "nm", PERCENT: "%", MilliSEC: "ms", SEC: "s", "TeraBYTE-PER-SEC": "TB/s" };

function tree(kg, e) {
  const chain = [];
  for (let at = e, seen = new Set(); at && !seen.has(at.id); at = kg.nodes[at.broader?.[0]]) {
    seen.add(at.id);
    chain.unshift(at);
  }
  const kids = (kg.children.get(e.id) ?? []).slice().sort((x, y) => reach(kg, y) - reach(kg, x) || kg.nodes[x].label.localeCompare(kg.nodes[y].label));
  const others = (e.broader ?? []).slice(1);
  if (chain.length === 1 && !kids.length && !others.length) return null;
  const step = (n) => h("li", { "aria-current": n === e ? "true" : null }, n === e ? h("b", {}, n.label) : h("a", { href: route(n) }, n.label), " ", h("small", {}, number(reach(kg, n.id))));
  const nest = ([first, ...below]) => h("ul", {}, h("li", {}, step(first).childNodes.length ? [...step(first).childNodes] : null, below.length ? nest(below) : kids.length ? h("ul", {}, kids.slice(0, 25).map((k) => step(kg.nodes[k])), kids.length > 25 ? h("li", {}, `and ${kids.length - 25} more`) : null) : null));
  return h("div", { class: "tree" }, h("h2", {}, "Hierarchy"), nest(chain), others.length ? h("p", { class: "meta" }, "also under ", others.map((o, i) => [i ? ", " : "", h("a", { href: route(kg.nodes[o]) }, kg.nodes[o].label)])) : null);
}

const reached = new Map();
/** How many papers speak of it or of something narrower. */
function reach(kg, id) {
  if (!reached.has(id)) {
    const papers = new Set();
    for (const n of descendants(kg, id)) for (const p of kg.papersOf.get(n) ?? []) papers.add(p);
    reached.set(id, papers.size);
  }
  return reached.get(id);
}

function sparql(kg, e) {
  const query = about(kg, e);
  if (!query) return null;
  return h("details", { class: "sparql" }, h("summary", {}, "The same in SPARQL"), h("pre", { tabindex: "0" }, query),
    h("p", { class: "actions" }, copyButton("Copy query", "Query", () => query), kg.rdf.embedded ? h("a", { href: address("sparql", { query, run: "1" }) }, "Run it here") : null));
}

function related(kg, all, speak) {
  const counts = new Map();
  for (const paper of speak) for (const x of kg.papers[paper].entities) if (!all.has(x)) counts.set(x, (counts.get(x) ?? 0) + 1);
  const name = (id) => kg.nodes[id].label;
  return [...counts].sort((x, y) => y[1] - x[1] || (name(x[0]) < name(y[0]) ? -1 : 1));
}

function neighbours(kg, near, section) {
  if (!near.length) return null;
  return section("Spoken of together with", kg.types.filter((t) => near.some(([x]) => kg.nodes[x].type === t.name)).map((t) => {
    const mine = near.filter(([x]) => kg.nodes[x].type === t.name);
    return h("div", { class: "near" }, h("h3", {}, t.plural, h("small", {}, ` ${number(mine.length)}`)), listing(mine, ([x, n]) => h("li", { class: "inline" }, chip(kg, x, n)), 14));
  }));
}

/** A small network drawn once: the entity in the middle, its nearest by type in sectors around it. */
function ego(kg, e, near) {
  if (!near.length) return h("p", {}, "Nothing.");
  const [W, H] = [760, 430];
  near.sort((x, y) => kg.types.findIndex((t) => t.name === kg.nodes[x[0]].type) - kg.types.findIndex((t) => t.name === kg.nodes[y[0]].type) || y[1] - x[1]);
  const most = Math.max(...near.map(([, n]) => n));
  const place = near.map(([id, n], i) => {
    const angle = ((i + 0.5) / near.length) * 2 * Math.PI - Math.PI / 2;
    const r = Math.abs(Math.cos(angle)) < 0.5 && i % 2 ? 0.84 : 1; // names above one another would collide
    return { id, n, x: W / 2 + Math.cos(angle) * 215 * r, y: H / 2 + Math.sin(angle) * 170 * r, left: Math.cos(angle) < -0.01, angle };
  });
  const cut = (text) => (text.length > 24 ? `${text.slice(0, 22)}…` : text);
  return h("div", { class: "scroll" }, svg("svg", { viewBox: `0 0 ${W} ${H}`, class: "ego", role: "group", "aria-label": `${e.label} and the ${near.length} things most often spoken of with it` },
    place.map((p) => svg("line", { x1: W / 2, y1: H / 2, x2: p.x, y2: p.y, "stroke-width": 0.6 + (3 * p.n) / most })),
    place.map((p) => svg("a", { href: route(kg.nodes[p.id]), class: `t-${kg.type[kg.nodes[p.id].type].slug}` }, svg("title", {}, `${kg.nodes[p.id].type}: ${kg.nodes[p.id].label}, ${count(p.n, "paper")} together`),
      shape(kg.type[kg.nodes[p.id].type].shape, p.x, p.y, 4 + (5 * p.n) / most),
      svg("text", { x: p.x + (p.left ? -13 : 13), y: p.y + 4, "text-anchor": p.left ? "end" : "start" }, cut(kg.nodes[p.id].label)))),
    svg("g", { class: `t-${kg.type[e.type].slug}` }, shape(kg.type[e.type].shape, W / 2, H / 2, 11), svg("text", { x: W / 2, y: H / 2 + 28, "text-anchor": "middle", class: "centre" }, cut(e.label)))));
}

/** The shapes of the schema (names of vis-network), so that type is never colour alone. */
export function shape(kind, x, y, r) {
  const points = (list) => svg("polygon", { points: list.map(([a, b]) => `${x + a * r},${y + b * r}`).join(" ") });
  if (kind === "square") return svg("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8 });
  if (kind === "triangle") return points([[0, -1.1], [1.05, 0.85], [-1.05, 0.85]]);
  if (kind === "diamond") return points([[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]]);
  if (kind === "hexagon") return points([0, 1, 2, 3, 4, 5].map((k) => [Math.cos((k * Math.PI) / 3), Math.sin((k * Math.PI) / 3)]));
  if (kind === "star") return points([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => [Math.sin((k * Math.PI) / 5) * (k % 2 ? 0.5 : 1.15), -Math.cos((k * Math.PI) / 5) * (k % 2 ? 0.5 : 1.15)]));
  return svg("circle", { cx: x, cy: y, r });
}

function results(kg, e, all, section) {
  const mine = kg.results.filter((r) => [r.hardware, r.dataset, r.baseline, r.metricEntity].some((x) => all.has(x)));
  return mine.length ? section("Results reported", plot(kg, mine, { compact: true, more: address("results", e.type === "Hardware" ? { under: e.key } : {}) })) : null;
}
