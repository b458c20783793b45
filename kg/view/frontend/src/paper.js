// The page of one paper: the abstract with its entities marked, and each fact with what decided it.
import { clear, copyButton, count, h, outside } from "./dom.js";
import { chip, missing, UNITS } from "./entity.js";
import { factsCsv, footnote, glyph, marked } from "./evidence.js";
import { route } from "./kg.js";

const ROLES = { targets: 0, evaluated_on: 1, compared_with: 2, mentions: 3 };

export async function show(kg, main, { rest }) {
  const id = kg.byKey.get(`paper/${rest}`);
  if (id === undefined) return missing(main, "paper", rest);
  const p = kg.nodes[id];
  const doc = await kg.text(p.at);
  const facts = kg.factsOfPaper[p.at].map(kg.fact);
  const offset = p.title.length + 2;
  const spans = doc.mentions.map(([start, end, entity, , , sure, rule]) => {
    const type = kg.type[kg.nodes[entity].type];
    return [start, end, `t-${type.slug}`, `${type.name}: ${kg.nodes[entity].label} (${sure} % sure, ${kg.extractors[rule]})`, route(kg.nodes[entity])];
  });
  const present = kg.types.filter((t) => doc.mentions.some((m) => kg.nodes[m[2]].type === t.name));
  const quote = (start, end) => h("a", { href: route(p), class: "jump", onclick: (event) => {
    event.preventDefault();
    highlight(body, start - offset, end - offset);
  } }, doc.text.slice(start, end));
  const body = h("p", { class: "abstract" }, marked(doc.text, offset, doc.text.length, spans));
  const order = (f) => ["proposes", "targets", "evaluated_on", "compared_with"].indexOf(f.relation) + 1 || 9;
  const rows = facts.sort((x, y) => order(x) - order(y) || x.relation.localeCompare(y.relation) || x.start - y.start);
  const results = kg.resultsOfPaper.get(p.at) ?? [];
  clear(main, h("article", { class: "page paper" },
    h("p", { class: "kicker" }, ["Paper", p.date ?? p.year, ...p.categories].filter(Boolean).join(" · ")),
    h("h1", {}, marked(doc.text, 0, p.title.length, spans)),
    h("p", { class: "meta" }, p.authors.join(", "), p.url ? [p.authors.length ? " · " : "", outside(p.url, "Read the paper")] : ""),
    h("p", { class: "legend", "aria-label": "Colours" }, present.map((t) => h("span", { class: `chip t-${t.slug}`, title: t.definition }, t.name))),
    body,
    kg.proposed[p.at].length ? h("p", { class: "proposes" }, h("b", {}, "Proposes "), [...new Set(kg.proposed[p.at])].map((e) => [chip(kg, e), " "])) : null,
    h("section", {}, h("h2", {}, `What was read from it`), rows.length ? h("div", { class: "scroll" }, h("table", { class: "facts" },
      h("thead", {}, h("tr", {}, ["Subject", "Relation", "Object", "In these words"].map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", {}, rows.map((f) => h("tr", {},
        h("td", {}, f.subject === id ? h("span", { class: "minor" }, "the paper") : chip(kg, f.subject)),
        h("td", { class: "nowrap" }, f.relation in ROLES ? [glyph(kg, ROLES[f.relation]), " "] : null, kg.relation[f.relation].label),
        h("td", {}, chip(kg, f.object)),
        h("td", {}, quote(f.start, f.end), footnote(f))))))) : h("p", {}, "Nothing: no entity was found in its title and abstract.")),
    results.length ? h("section", {}, h("h2", {}, "Results it reports"), h("div", { class: "scroll" }, h("table", { class: "facts" },
      h("thead", {}, h("tr", {}, ["Value", "Metric", "On", "Against", "In these words"].map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", {}, results.map((r) => h("tr", {},
        h("td", { class: "value" }, r.value, r.change ? h("small", {}, ` ${r.change}`) : null, r.unit && r.unit !== "x" && !r.value.match(/[a-zµ%]/i) ? ` ${UNITS[r.unit] ?? r.unit}` : ""),
        h("td", {}, r.metricEntity !== null ? chip(kg, r.metricEntity) : r.metric),
        h("td", {}, [r.hardware, r.dataset].filter((x) => x !== null).map((x) => [chip(kg, x), " "])),
        h("td", {}, r.baseline !== null ? chip(kg, r.baseline) : ""),
        h("td", {}, quote(r.start, r.end), footnote(r)))))))) : null,
    h("p", { class: "actions" }, copyButton("Copy facts as CSV", "Facts", () => factsCsv(kg, rows.map((f) => f.id))), h("span", { class: "meta" }, `${count(rows.length, "fact")}, key `, h("code", {}, p.key)))));
}

/** Selects the words in the abstract (offsets into it) and brings them into view. */
function highlight(body, start, end) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let [at, begun] = [0, false];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!begun && start < at + node.length) {
      range.setStart(node, Math.max(0, start - at));
      begun = true;
    }
    if (begun && end <= at + node.length) {
      range.setEnd(node, Math.max(0, end - at));
      break;
    }
    at += node.length;
  }
  getSelection().removeAllRanges();
  if (end > 0) getSelection().addRange(range);
  body.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
