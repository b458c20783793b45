// Who says so: papers with the sentence that a fact was read from, the entity marked in it.
import { count, csv, h, number, outside } from "./dom.js";
import { route, sentence } from "./kg.js";

/** A glyph of a role: shape, colour and number, so that colour is never alone. */
export function glyph(kg, role, n) {
  const r = kg.roles[role];
  return h("span", { class: `glyph g${role}${n === undefined ? "" : " counted"}` }, h("b", {}, n === undefined ? "" : n > 999 ? `${Math.round(n / 100) / 10}k` : n),
    h("span", { class: "offscreen" }, ` ${r.label}`));
}

export const roleName = (kg, role) => h("span", { class: "role" }, glyph(kg, role), " ", kg.roles[role].label);

/** Text with marks: spans are [start, end, class, title, href]; inner marks of overlapping spans are dropped. */
export function marked(text, from, to, spans) {
  const parts = [];
  let at = from;
  for (const [start, end, cls, title, href] of spans.slice().sort((x, y) => x[0] - y[0] || y[1] - x[1])) {
    if (start < at || end > to) continue;
    parts.push(text.slice(at, start));
    const mark = h("mark", { class: cls, title }, text.slice(start, end));
    parts.push(href ? h("a", { href, class: "marked" }, mark) : mark);
    at = end;
  }
  parts.push(text.slice(at, to));
  return parts;
}

/** One statement: the sentence with quote and entities, what decided, how sure. `focus` are the entities to mark. */
export function statement(kg, doc, fact, focus) {
  const [from, to] = sentence(doc, fact.start, fact.end);
  const inside = doc.mentions.filter((m) => m[0] >= from && m[1] <= to && focus.has(m[2]));
  const spans = inside.map((m) => {
    const type = kg.type[kg.nodes[m[2]].type];
    return [m[0], m[1], `t-${type.slug}`, `${type.name}: ${kg.nodes[m[2]].label}`];
  });
  return h("blockquote", { class: "statement" }, h("p", {}, quoted(doc.text, from, to, fact, spans)), footnote(fact));
}

/** The words of the evidence stand out from the rest of their sentence; entities are marked within either. */
function quoted(text, from, to, fact, spans) {
  const [a, b] = [Math.max(from, fact.start), Math.min(to, fact.end)];
  const cut = (x, y) => marked(text, x, y, spans.filter((s) => s[0] >= x && s[1] <= y));
  if (a >= b || (a === from && b === to)) return h("span", { class: "quote" }, marked(text, from, to, spans));
  return [h("span", { class: "around" }, cut(from, a)), h("span", { class: "quote" }, cut(a, b)), h("span", { class: "around" }, cut(b, to))];
}

export function footnote(fact) {
  return h("footer", {},
    h("span", { class: "sure", title: "How sure the extractor is, between 0 and 100 %" }, h("i", { vars: { "--w": `${Math.round(fact.score * 100)}%` } }), `${Math.round(fact.score * 100)} % sure`),
    fact.cues?.length ? h("span", {}, "decided by ", fact.cues.map((c, i) => [i ? ", " : "", h("em", {}, c)])) : null,
    h("span", { class: "by", title: "The part of the extractor that said so" }, `extractor: ${fact.extractor}`));
}

/** A paper's title line: title, year, authors, source. */
export function reference(kg, paper, level = "h4") {
  const p = kg.papers[paper];
  const authors = p.authors.length > 2 ? `${p.authors[0]} and ${number(p.authors.length - 1)} others` : p.authors.join(" and ");
  return h("div", { class: "reference" },
    h(level, {}, h("a", { href: route(p) }, p.title)),
    h("p", { class: "meta" }, [p.year, authors].filter(Boolean).join(" · "), p.url ? [p.year || authors ? " · " : "", outside(p.url, host(p.url))] : null));
}

const host = (url) => {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return "source";
  }
};

/** Papers with their statements, grouped by role. `entries` are {paper, role, facts}. More are drawn on demand. */
export async function papers(kg, entries, focus, page = 20) {
  const list = h("div", { class: "evidence" });
  let at = 0;
  let group = null;
  const more = h("button", { type: "button", class: "more", onclick: () => draw() });
  async function draw() {
    const next = entries.slice(at, at + page);
    const docs = await Promise.all(next.map((e) => kg.text(e.paper)));
    more.remove();
    next.forEach((entry, i) => {
      if (entry.role !== group) {
        group = entry.role;
        const n = entries.filter((e) => e.role === group).length;
        list.append(h("h3", { class: "by-role" }, glyph(kg, group, n), " ", kg.roles[group].label, h("small", {}, kg.roles[group].definition)));
      }
      list.append(h("article", {}, reference(kg, entry.paper), distinct(kg, entry).map((f) => statement(kg, docs[i], f, focus))));
    });
    at += next.length;
    if (at < entries.length) {
      more.textContent = `Show ${Math.min(page, entries.length - at)} more of ${count(entries.length - at, "paper")} not drawn`;
      list.append(more);
    }
  }
  await draw();
  return list;
}

/** The facts of a paper, one for each span and role: a fact of the paper and of its method are often one sentence. */
function distinct(kg, entry) {
  const seen = new Map();
  for (const { fact, role } of entry.facts.slice().sort((x, y) => x.role - y.role)) {
    const f = kg.fact(fact);
    const key = `${role} ${f.start} ${f.end}`;
    if (!seen.has(key) || seen.get(key).score < f.score) seen.set(key, f);
  }
  return [...seen.values()];
}

/** Facts as CSV, each with its words and source. */
export async function factsCsv(kg, ids) {
  const rows = [["subject", "relation", "object", "paper", "title", "year", "evidence", "confidence", "extractor", "cues", "url"]];
  for (const id of new Set(ids)) {
    const f = kg.fact(id);
    const p = kg.papers[f.paper];
    const { text } = await kg.text(f.paper);
    rows.push([kg.nodes[f.subject].label, kg.relation[f.relation].label, kg.nodes[f.object].label, p.key, p.title, p.year,
      text.slice(f.start, f.end), f.score, f.extractor, f.cues.join("; "), p.url]);
  }
  return csv(rows);
}
