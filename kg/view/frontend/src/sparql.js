// The SPARQL box: the named questions with their parameters, any query of the reader's own, answers that lead back.
import { clear, copyButton, count, csv, h, number, outside } from "./dom.js";
import { route } from "./kg.js";
import { find } from "./search.js";
import { address, change, go } from "./state.js";

let engine = null;

/** A key of ours as the IRI that the RDF has. */
export const iri = (kg, key) => kg.rdf.base + encodeURI(key).replace(/[#?[\]]/g, encodeURIComponent);

/** The prefixes that a query uses and does not declare, then the query. */
export function withPrefixes(kg, query) {
  const declared = new Set([...query.matchAll(/PREFIX\s+([\w-]*):/gi)].map((m) => m[1]));
  const used = new Set([...query.replace(/<[^>]*>|"[^"]*"/g, "").matchAll(/(?<![\w?$])([a-z]\w*):/gi)].map((m) => m[1]));
  const lines = Object.entries(kg.rdf.prefixes).filter(([p]) => used.has(p) && !declared.has(p)).map(([p, to]) => `PREFIX ${p}: <${to}>`);
  return [...lines, query].join("\n");
}

/** A named question with its parameters bound, as text that any endpoint takes. */
export function bound(kg, question, values) {
  const lines = question.parameters.map(([name]) => (values[name] ? `  VALUES ?${name} { ${values[name]} }\n` : "")).join("");
  const text = question.text.split("\n").filter((l, i) => !/^#\s*(group|parameter|example)/.test(l) || i === 0).join("\n");
  return withPrefixes(kg, text.replace(/WHERE\s*\{\n?/i, (m) => `${m.trimEnd()}\n${lines}`)).trim();
}

/** The query whose answers an entity's page shows: of the named questions the one that asks for such a thing. */
export function about(kg, entity) {
  if (!kg.rdf) return null;
  const name = { Hardware: "methods-by-hardware", Method: "hardware-by-method", Model: "hardware-by-method", Software: "hardware-by-method", Vendor: "papers-by-vendor" }[entity.type];
  const question = kg.rdf.questions.find((q) => q.name === name);
  const parameter = question?.parameters.find(([, type]) => type === entity.type || (type === "Method" && name === "hardware-by-method"));
  const value = `<${iri(kg, entity.key)}>`;
  if (question && parameter) return bound(kg, question, { ...defaults(kg, question, parameter[0]), [parameter[0]]: value });
  return withPrefixes(kg, `# Which papers speak of ${entity.label}?\nSELECT ?paper ?title ?year\nWHERE {\n  ?paper kg:mentions ${value} ; rdfs:label ?title .\n  OPTIONAL { ?paper dcterms:issued ?year }\n}\nORDER BY ?title`);
}

function term(kg, type, text) {
  if (!text) return null;
  if (["number", "integer"].includes(type)) return /^[+-]?\d+(\.\d+)?$/.test(text) ? text : null;
  if (type === "year") return /^\d{4}$/.test(text) ? `"${text}"^^xsd:gYear` : null;
  if (type === "text") return JSON.stringify(text);
  if (text.toLowerCase() === "any") return `<${kg.rdf.base}scheme/${kg.type[type]?.slug}>`;
  const hit = find(kg, text, 200).hits.find((x) => x.node.type === type);
  return hit ? `<${iri(kg, hit.node.key)}>` : null;
}
/** What stands in a parameter's field at first: its example where this corpus has it, else what most papers speak of. */
function initial(kg, question, [name, type, value]) {
  const text = question.example[name] ?? value ?? "";
  if (!kg.type[type] || type === "Paper" || term(kg, type, text)) return text;
  return kg.entities.filter((e) => e.type === type).sort((x, y) => y.support - x.support)[0]?.label ?? text;
}

const defaults = (kg, q, except) => Object.fromEntries(q.parameters.filter(([name]) => name !== except).map(([name, type, value]) => [name, term(kg, type, initial(kg, q, [name, type, value]))]));

export async function show(kg, main, { query }) {
  if (!kg.rdf?.embedded) return clear(main, h("article", { class: "page" }, h("h1", {}, "SPARQL"), h("p", {}, "This page holds no RDF. Build it with views, or ask the command line: ", h("code", {}, "kg query"), ".")));
  const question = kg.rdf.questions.find((x) => x.name === query.ask) ?? kg.rdf.questions[0];
  const own = query.query !== undefined;
  const values = Object.fromEntries((question?.parameters ?? []).map(([name, type, value]) => {
    const text = query[`p.${name}`] ?? initial(kg, question, [name, type, value]);
    return [name, { type, text, term: term(kg, type, text) }];
  }));
  const text = own ? query.query : question ? bound(kg, question, Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v.term]))) : "";
  const area = h("textarea", { id: "s-query", spellcheck: "false", rows: Math.min(12, Math.max(9, text.split("\n").length + 1)), "aria-label": "Query" });
  area.value = text;
  const out = h("div", { class: "answers", role: "status" });
  const ask = () => answer(kg, area.value, out);
  area.addEventListener("keydown", (e) => (e.ctrlKey || e.metaKey) && e.key === "Enter" && ask());
  clear(main, h("article", { class: "page wide" },
    h("h1", {}, "Ask in SPARQL"),
    h("p", { class: "lead" }, "The whole knowledge base as RDF, asked with Oxigraph inside this page. The same queries work at any SPARQL 1.1 endpoint."),
    h("div", { class: "controls" }, h("div", { class: "line" },
      h("label", { class: "grow wider", for: "s-ask" }, h("span", {}, "Question"), h("select", { id: "s-ask", onchange: (e) => go(address("sparql", { ask: e.target.value })) },
        own ? h("option", { value: "", selected: true }, "A query of your own") : null,
        kg.rdf.questions.map((x) => h("option", { value: x.name, selected: !own && x === question }, x.title)))),
      own ? null : Object.entries(values).map(([name, v]) => h("label", { for: `s-${name}` }, h("span", {}, name, v.term ? "" : h("b", { class: "bad" }, v.text ? " — nothing by that name" : " — needed")),
        h("input", { id: `s-${name}`, value: v.text, onchange: (e) => change({ [`p.${name}`]: e.target.value }) }))))),
    area,
    h("p", { class: "actions" }, h("button", { type: "button", class: "primary", id: "s-run", onclick: ask }, "Run"), h("span", { class: "hint" }, "Ctrl+Enter"),
      copyButton("Copy query", "Query", () => area.value),
      copyButton("Copy link to this query", "Address", () => location.href.split("#")[0] + address("sparql", { query: area.value }))),
    out));
  if (query.run !== undefined || engine) ask();
  return undefined;
}

async function answer(kg, text, out) {
  if (!engine) {
    clear(out, h("p", { class: "hint" }, "Starting the engine …"));
    await new Promise((done) => setTimeout(done, 20));
    engine = globalThis.kgSparql();
  }
  try {
    const store = await engine;
    const start = performance.now();
    const found = store.query(text);
    const took = Math.max(1, Math.round(performance.now() - start));
    if (found.answer !== undefined) return clear(out, h("p", {}, h("b", {}, found.answer ? "Yes" : "No"), ` (${took} ms)`));
    if (found.text !== undefined) return clear(out, h("pre", {}, found.text));
    return table(kg, found, took, store.size, out);
  } catch (error) {
    return clear(out, h("div", { class: "problem", role: "alert" }, h("b", {}, "The query was not understood. "), h("pre", {}, String(error?.message ?? error))));
  }
}

function table(kg, { columns, rows }, took, size, out) {
  const shown = (t) => {
    if (!t) return "";
    if (t.termType !== "NamedNode") return t.value;
    if (!t.value.startsWith(kg.rdf.base)) return outside(t.value, t.value);
    let key = t.value.slice(kg.rdf.base.length);
    try {
      key = decodeURIComponent(key);
    } catch {
      // a key that is not percent-encoded as we do it stands as it is
    }
    const id = kg.byKey.get(key);
    return id === undefined ? key : h("a", { href: route(kg.nodes[id]) }, kg.nodes[id].label);
  };
  const body = h("tbody");
  let at = 0;
  const more = h("button", { type: "button", class: "more", onclick: () => draw(500) });
  const draw = (n) => {
    body.append(...rows.slice(at, at + n).map((row) => h("tr", {}, row.map((t) => h("td", { class: t?.datatype && /integer|decimal|double/.test(t.datatype.value) ? "num" : null }, shown(t))))));
    at = Math.min(rows.length, at + n);
    more.hidden = at >= rows.length;
    more.textContent = `Show ${number(Math.min(500, rows.length - at))} more of ${count(rows.length - at, "row")} not drawn`;
  };
  draw(100);
  clear(out, h("p", { class: "meta" }, `${count(rows.length, "row")} from ${number(size)} triples in ${number(took)} ms`),
    rows.length ? h("div", { class: "scroll" }, h("table", { class: "listing-table" }, h("thead", {}, h("tr", {}, columns.map((c) => h("th", { scope: "col" }, c)))), body)) : null, more,
    rows.length ? h("p", { class: "actions" }, copyButton("Copy as CSV", "Answers", () => csv([columns, ...rows.map((row) => row.map((t) => t?.value ?? ""))]))) : null);
}
