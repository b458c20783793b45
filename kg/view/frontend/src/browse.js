// Everything found, type by type, and the papers: plain sortable lists.
import { clear, copyButton, count, csv, h, number, outside } from "./dom.js";
import { route } from "./kg.js";
import { change } from "./state.js";

export function show(kg, main, { query }) {
  const kinds = [...kg.types.filter((t) => t.name !== "Paper"), kg.type.Paper];
  const type = kg.types.find((t) => t.slug === query.type) ?? kg.type.Hardware;
  const q = (query.q ?? "").toLowerCase();
  const papers = type.name === "Paper";
  const all = papers ? kg.papers : kg.entities.filter((e) => e.type === type.name);
  const idle = papers ? 0 : all.filter((e) => !e.support).length;
  const mine = all.filter((e) => (q || papers || e.support || query.all) && [e.label, ...(e.aliases ?? [])].some((n) => n.toLowerCase().includes(q)));
  mine.sort(papers ? (x, y) => (y.year ?? 0) - (x.year ?? 0) || x.label.localeCompare(y.label) : (x, y) => y.support - x.support || x.label.localeCompare(y.label));
  const focused = document.activeElement?.id === "b-q" ? document.activeElement.selectionStart : null;
  const body = h("tbody");
  let at = 0;
  const more = h("button", { type: "button", class: "more", onclick: () => draw(200) });
  const row = papers
    ? (p) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: route(p) }, p.title)), h("td", {}, p.year ?? ""), h("td", {}, p.entities.length), h("td", {}, p.url ? outside(p.url, "source") : ""))
    : (e) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: route(e) }, e.label)), h("td", { class: "num" }, number(e.support)), h("td", {}, e.vendor !== null ? kg.nodes[e.vendor].label : e.kind ?? ""), h("td", { class: "minor" }, e.aliases.slice(0, 4).join(", "), e.aliases.length > 4 ? ` and ${e.aliases.length - 4} more` : ""));
  const draw = (n) => {
    body.append(...mine.slice(at, at + n).map(row));
    at = Math.min(mine.length, at + n);
    more.hidden = at >= mine.length;
    more.textContent = `Show ${number(Math.min(200, mine.length - at))} more of ${number(mine.length - at)} not drawn`;
  };
  draw(100);
  clear(main, h("article", { class: "page wide" },
    h("h1", {}, "Everything found"),
    h("nav", { class: "tabs", "aria-label": "Kinds" }, kinds.map((t) => h("a", { href: `#/browse?type=${t.slug}`, class: `chip t-${t.slug}`, "aria-current": t === type ? "page" : null }, t.plural, h("small", {}, ` ${number(t.name === "Paper" ? kg.papers.length : kg.entities.filter((e) => e.type === t.name && e.support).length)}`)))),
    h("p", { class: "meta" }, type.definition),
    h("div", { class: "controls" }, h("div", { class: "line" }, h("label", { class: "grow" }, h("span", {}, "Containing"), h("input", { id: "b-q", type: "search", value: query.q ?? "", oninput: (e) => change({ q: e.target.value }, true) })))),
    h("table", { class: "listing-table" }, h("thead", {}, h("tr", {}, (papers ? ["Title", "Year", "Entities", "Source"] : ["Name", "Papers", type.name === "Hardware" ? "Vendor or kind" : "Kind", "Also called"]).map((t) => h("th", { scope: "col" }, t)))), body), more,
    h("p", { class: "meta" }, count(mine.length, "row"), idle && !query.all && !q ? [". ", h("button", { type: "button", class: "link", onclick: () => change({ all: "1" }) }, `Show ${number(idle)} more that no paper names`), " (wider classes and vendors)"] : "", "."),
    h("p", { class: "actions" }, copyButton("Copy as CSV", "List", () => csv([["key", "label", "papers", "aliases"], ...mine.map((e) => [e.key, e.label, e.support ?? "", (e.aliases ?? []).join("; ")])])))));
  if (focused !== null) {
    const input = document.getElementById("b-q");
    input.focus();
    input.setSelectionRange(focused, focused);
  }
}
