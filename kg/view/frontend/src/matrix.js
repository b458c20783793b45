// The matrix: filters, the table, and the panel that says who says so.
import { announce, clear, copyButton, count, csv, h, number } from "./dom.js";
import { factsCsv, glyph, papers as evidenceList } from "./evidence.js";
import { descendants, route } from "./kg.js";
import { COLUMNS, evidence, label, matrix, ROWS, tally } from "./matrix-model.js";
import { change, parse } from "./state.js";

const PAGE = 20;
const WIDE = 28;
const list = (text) => (text ? text.split("|") : []);

/** The options of the model from the query of the address. */
export function options(kg, query) {
  const roles = query.roles === undefined ? [0, 1, 2] : query.roles.split("").map(Number).filter((r) => r in kg.roles);
  const whole = (text) => (Number.isFinite(parseInt(text, 10)) ? parseInt(text, 10) : undefined);
  return {
    rows: query.rows in ROWS ? query.rows : "methods",
    cols: query.cols in COLUMNS ? query.cols : "auto",
    roles: new Set(roles), from: whole(query.from), to: whole(query.to), vendor: query.vendor, kind: query.kind,
    under: kg.byKey.get(query.under), confidence: whole(query.sure), min: whole(query.min), q: query.q, sort: query.sort, by: query.by,
    budget: innerWidth < 640 ? 6 : Math.max(16, Math.min(24, Math.floor((innerWidth - 400) / 46))), opened: list(query.open), closed: list(query.shut),
  };
}

let before = null; // what was drawn last, and for which address

export function show(kg, main, { query }) {
  const o = options(kg, query);
  const asked = JSON.stringify([{ ...query, cell: "" }, o.budget]);
  if (main.dataset.view === "matrix" && before?.asked === asked) {
    // Only the evidence changes: the table stays.
    const table = main.children[1].firstChild;
    for (const b of table.querySelectorAll("[data-cell]")) {
      const chosen = b.dataset.cell === query.cell;
      if (chosen !== (b.getAttribute("aria-pressed") === "true")) b.setAttribute("aria-pressed", String(chosen));
    }
    return panel(kg, main.children[1].lastChild, before.m, query);
  }
  const m = matrix(kg, o);
  before = { asked, m };
  if (main.dataset.view !== "matrix") {
    clear(main, h("div", { class: "controls" }), h("div", { class: "split" }, h("div", { class: "table" }), h("aside", { class: "panel", "aria-label": "Evidence", hidden: true })));
    main.dataset.view = "matrix";
  }
  const [controlBox, split] = main.children;
  controls(kg, controlBox, o, query, m);
  table(kg, split.firstChild, o, m, query);
  return panel(kg, split.lastChild, m, query);
}

/** A list that stands there already with these choices, set to its value: lists of many vendors are slow to make. */
function kept(box, id, value, choices) {
  const field = box.querySelector(`#f-${id}`);
  if (field?.options.length !== choices.length) return null;
  field.value = String(value ?? "");
  return field.parentElement;
}

function controls(kg, box, o, query, m) {
  const focused = box.contains(document.activeElement) ? document.activeElement.id : null;
  const caret = focused && document.activeElement.selectionStart;
  const select = (id, label, value, choices, key = id) => kept(box, id, value, choices) ?? h("label", { for: `f-${id}` }, h("span", {}, label),
    h("select", { id: `f-${id}`, onchange: (e) => change({ [key]: e.target.value, cell: "" }) },
      choices.map(([v, text]) => h("option", { value: v, selected: String(v) === String(value ?? "") }, text))));
  const years = [...new Set(kg.papers.map((p) => p.year).filter(Boolean))].sort();
  const vendors = kg.entities.filter((e) => e.type === "Vendor").sort((x, y) => x.label.localeCompare(y.label));
  const kinds = [...new Set(kg.entities.filter((e) => e.type === "Hardware" && e.kind).map((e) => e.kind))].sort();
  const roleTotals = tally(m.found.map((u) => u.role));
  const toggle = (role) => {
    const next = new Set(o.roles);
    if (next.has(role)) next.delete(role);
    else next.add(role);
    change({ roles: next.size === 3 && !next.has(3) ? "" : [...next].sort().join("") || "-", cell: "" });
  };
  const set = ["from", "to", "vendor", "kind", "under", "min", "sure", "q", "sort", "by", "roles"].filter((k) => query[k]);
  clear(box,
    h("div", { class: "line" },
      select("rows", "Rows", o.rows, Object.entries(ROWS).map(([v, r]) => [v, r.label])),
      select("cols", "Hardware by", o.cols, Object.entries(COLUMNS)),
      h("fieldset", { class: "roles" }, h("legend", {}, "The paper says"),
        kg.roles.map((r, i) => h("button", { type: "button", id: `f-role-${i}`, class: "toggle", "aria-pressed": String(o.roles.has(i)), title: r.definition, onclick: () => toggle(i) },
          glyph(kg, i), h("span", { "aria-hidden": "true" }, r.label), o.roles.has(i) ? h("small", {}, number(roleTotals[i])) : null))),
      h("label", { for: "f-q", class: "grow" }, h("span", {}, "Containing"),
        h("input", { id: "f-q", type: "search", placeholder: "method, hardware or title", value: query.q ?? "", oninput: (e) => change({ q: e.target.value, cell: "" }, true) }))),
    h("details", { class: "filters", open: set.some((k) => !["q", "roles"].includes(k)) || box.querySelector("details")?.open },
      h("summary", {}, "More filters and order"),
      h("div", { class: "line" },
        select("from", "From", o.from, [["", "any year"], ...years.map((y) => [y, y])]),
        select("to", "To", o.to, [["", "any year"], ...years.map((y) => [y, y])]),
        select("vendor", "Vendor", o.vendor, [["", "any vendor"], ...vendors.map((v) => [v.key, v.label])]),
        select("kind", "Kind of hardware", o.kind, [["", "any kind"], ...kinds.map((k) => [k, k])]),
        select("min", "Support", o.min, [["", "any"], ...[2, 3, 5, 10, 20].map((n) => [n, `${n} papers or more`])]),
        select("sure", "Confidence", o.confidence, [["", "any"], ...[50, 70, 80, 90].map((n) => [n, `${n} % or more`])]),
        select("sort", "Order of rows", o.sort, [["", "support"], ["hardware", "hardware, left to right"], ["name", "name"], ["year", "newest"]]),
        set.length ? h("button", { type: "button", class: "quiet", onclick: () => change({ ...Object.fromEntries(set.map((k) => [k, ""])), cell: "" }) }, "Clear filters") : null)));
  if (focused) {
    const again = document.getElementById(focused);
    again?.focus();
    if (caret !== null && again?.type === "search") again.setSelectionRange(caret, caret);
  }
}

function table(kg, box, o, m, query) {
  const wide = query.wide ? Infinity : WIDE;
  const cols = m.columns.length > wide ? m.columns.slice().sort((x, y) => y.support - x.support).slice(0, wide) : m.columns;
  const shown = m.columns.map((c, i) => [c, i]).filter(([c]) => cols.includes(c));
  const hidden = m.columns.length - shown.length;
  const most = Math.max(1, ...shown.map(([c]) => c.support));
  let drawn = 0;
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more" });
  const grid = h("table", { class: "matrix", role: "grid", "aria-rowcount": m.rows.length + 1, "aria-colcount": shown.length + 1, "aria-label": `${ROWS[o.rows].label} by hardware` },
    h("colgroup", {}, h("col", { class: "names" }), shown.map(() => h("col"))));
  const draw = () => {
    const next = m.rows.slice(drawn, drawn + PAGE);
    next.forEach((row, i) => body.append(line(kg, row, shown, drawn + i, query)));
    drawn += next.length;
    const left = m.rows.length - drawn;
    more.hidden = left === 0;
    more.textContent = `Show ${number(Math.min(PAGE, left))} more of ${count(left, "row")} not drawn`;
  };
  more.onclick = draw;
  watch?.disconnect();
  watch = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && draw(), { root: null, rootMargin: "300px" });
  if (m.rows.length) {
    grid.append(head(kg, o, m, shown, most), body);
    draw();
  }
  const offTable = m.rows.filter((row) => !shown.some(([, i]) => row.cells.has(i))).length;
  clear(box,
    h("p", { class: "summary", role: "status" }, summary(kg, o, m, hidden, offTable)),
    h("p", { class: "role-key", "aria-hidden": "true" }, kg.roles.map((r, i) => (o.roles.has(i) ? h("span", {}, h("span", { class: `glyph g${i}` }), r.label) : null))),
    m.rows.length ? h("div", { class: "scroll", tabindex: "-1" }, grid) : empty(kg, o),
    more,
    m.rows.length ? h("p", { class: "actions" },
      copyButton("Copy as CSV", "Table", () => csv([[ROWS[o.rows].one, ...m.columns.flatMap((c) => kg.roles.filter((_, r) => o.roles.has(r)).map((r) => `${c.title}: ${r.label}`))],
        ...m.rows.map((row) => [row.label, ...m.columns.flatMap((_, i) => { const t = tally([...(row.cells.get(i)?.values() ?? [])]); return kg.roles.map((_, r) => r).filter((r) => o.roles.has(r)).map((r) => t[r]); })])])),
      copyButton("Copy link to this view", "Address", () => location.href)) : null);
  if (grid.rows.length) {
    grid.append(h("tfoot", { class: "sentinel", "aria-hidden": "true" }, h("tr", {}, h("td"))));
    watch.observe(grid.tFoot);
  }
  keys(grid);
}

// Paper shows what is drawn: draw the rest first, up to what one would print; the button says what is still missing.
addEventListener("beforeprint", () => {
  for (let i = 0; i < 50 && document.body.dataset.view === "matrix"; i++) document.querySelector(".table .more:not([hidden])")?.click();
});

let watch = null; // draws the next rows as the reader comes near the end of those that are drawn

function summary(kg, o, m, hidden, offTable) {
  const silent = kg.papers.length - m.papers.size;
  const one = silent === 1;
  const said = [`${count(m.rows.length, ROWS[o.rows].one, ROWS[o.rows].many)} × ${count(m.columns.length, "column")} of hardware, from ${count(m.papers.size, "paper")}.`];
  if (silent) said.push(`${number(silent)} of ${count(kg.papers.length, "paper")} ${o.rows === "methods" || o.rows === "papers" || o.rows === "years" ? `${one ? "says" : "say"} nothing of hardware that fits the filters` : `${one ? "has no cell: it names" : "have no cell: they name"} no ${ROWS[o.rows].one}, or no hardware that fits the filters`}.`);
  if (m.below) said.push(`${count(m.below, "row")} below the support asked for.`);
  const parts = [said.join(" ")];
  if (hidden) parts.push(" ", h("button", { type: "button", class: "link", onclick: () => change({ wide: "1" }) }, `Show ${count(hidden, "more column")}`), offTable ? ` (${count(offTable, "row has", "rows have")} cells only there).` : ".");
  return parts;
}

function empty(kg, o) {
  const anything = kg.uses.some((u) => u.length);
  return h("div", { class: "empty" }, h("h2", {}, anything ? "No paper fits these filters" : "No paper here speaks of hardware"),
    h("p", {}, anything ? "Take a filter away, or allow the weaker roles: “mentioned” is off at first." : "The papers were read, but no piece of hardware was found in them. Browse what was found instead."),
    h("p", {}, anything ? h("a", { href: "#/matrix" }, "Start again") : h("a", { href: "#/browse" }, "Browse everything found")));
}

function flip(query, key, opened) {
  const [open, shut] = [new Set(list(query.open)), new Set(list(query.shut))];
  (opened ? shut : open).add(key);
  (opened ? open : shut).delete(key);
  change({ open: [...open].join("|"), shut: [...shut].join("|"), cell: "" });
}

function head(kg, o, m, shown, most) {
  const query = parse().query;
  const depth = Math.max(...shown.map(([c]) => c.path.length));
  const rows = Array.from({ length: depth + 1 }, () => h("tr"));
  rows[0].append(h("td", { class: "corner", rowspan: depth + 1 }, h("span", {}, ROWS[o.rows].label), h("small", {}, "papers")));
  const groups = Array(depth).fill(null);
  for (const [c] of shown) {
    c.path.forEach((id, d) => {
      const same = groups[d]?.id === id && (d === 0 || groups[d].under === groups[d - 1]);
      if (same) groups[d].cell.colSpan += 1;
      else {
        const node = kg.nodes[id];
        const cell = h("th", { scope: "colgroup", class: "group" },
          h("button", { type: "button", "aria-expanded": "true", title: `Collapse ${label(kg, id)}`, onclick: () => flip(query, node?.key ?? (id === -2 ? "other/" : "vendor/"), true) }, h("span", { class: "tri", "aria-hidden": "true" }, "▾"), h("span", {}, label(kg, id)), h("small", {}, ` ${number(m.support.get(id)?.size ?? 0)}`)));
        groups[d] = { id, cell, under: d ? groups[d - 1] : null };
        for (let k = d + 1; k < depth; k++) groups[k] = null;
        rows[d].append(cell);
      }
    });
    for (let k = c.path.length; k < depth; k++) groups[k] = null;
    const node = kg.nodes[c.id];
    const name = c.title;
    rows[c.path.length].append(h("th", { scope: "col", rowspan: depth + 1 - c.path.length, class: `leaf${c.residual ? " residual" : ""}`, "aria-sort": query.by === c.key ? "descending" : null },
      h("div", {},
        node ? h("a", { href: route(node), title: name, class: "tall" }, c.residual ? h("i", {}, c.title) : c.label) : h("span", { class: "tall" }, h("i", {}, c.label)),
        c.expandable || c.folded ? h("button", { type: "button", class: "expand", "aria-expanded": "false", title: c.folded ? `Show ${count(c.folded, "smaller column")}` : `Expand ${c.label}`, onclick: () => flip(query, c.key.replace("*", ""), false) }, h("span", { "aria-hidden": "true" }, "▸"), h("span", { class: "offscreen" }, c.folded ? `Show more of ${c.label}` : `Expand ${c.label}`)) : null,
        h("button", { type: "button", class: "total", title: `${count(c.support, "paper")}. Order rows by this column`, onclick: () => change({ by: query.by === c.key ? "" : c.key }) },
          h("span", { class: "bar", "aria-hidden": "true", vars: { "--h": c.support / most } }), h("b", {}, number(c.support)), h("span", { class: "offscreen" }, ` ${c.support === 1 ? "paper" : "papers"}; order rows by ${name}`)))));
  }
  return h("thead", {}, rows);
}

function line(kg, row, shown, at, query) {
  const paperRow = row.node?.type === "Paper";
  return h("tr", { "aria-rowindex": at + 2 },
    h("th", { scope: "row", class: paperRow ? "paper" : null },
      h("div", {}, row.node ? h("a", { href: route(row.node), title: row.label }, row.label) : h("span", {}, row.label),
        paperRow ? null : h("small", { title: count(row.support, "paper") }, number(row.support)))),
    shown.map(([c, i]) => {
      const cell = row.cells.get(i);
      if (!cell) return h("td", {});
      const counts = tally([...cell.values()]);
      const said = counts.map((n, r) => (n ? `${kg.roles[r].label} ${n}` : "")).filter(Boolean).join(", ");
      const mine = `${row.node?.key ?? row.id}~${c.key}`;
      const chosen = query.cell === mine;
      return h("td", { class: `n${Math.min(5, Math.ceil(Math.log2(cell.size + 1)))}` },
        h("button", { type: "button", tabindex: "-1", class: counts.filter(Boolean).length > 2 ? "full" : null, "aria-label": `${row.label}, ${c.title}: ${said}`, "aria-pressed": String(!!chosen), data: { cell: mine }, onclick: () => change({ cell: parse().query.cell === mine ? "" : mine }) },
          counts.map((n, r) => (n ? h("span", { class: `glyph g${r}${cell.size === 1 ? "" : " counted"}`, "aria-hidden": "true" }, h("b", {}, cell.size === 1 ? "" : number(n))) : null))));
    }));
}

/** Arrow keys move between filled cells; one of them is in the tab order. */
function keys(grid) {
  const first = grid.querySelector("td button[aria-pressed=true]") ?? grid.querySelector("td button[data-cell]");
  if (first) first.tabIndex = 0;
  grid.addEventListener("focusin", (e) => {
    if (!e.target.dataset.cell) return;
    grid.querySelectorAll("td button[tabindex='0']").forEach((b) => (b.tabIndex = -1));
    e.target.tabIndex = 0;
  });
  grid.addEventListener("keydown", (e) => {
    if (!e.target.dataset.cell) return;
    const td = e.target.closest("td");
    const tr = td.parentElement;
    const along = (row, from, step) => {
      for (let i = from; i >= 0 && i < row.children.length; i += step) {
        const b = row.children[i].querySelector("button[data-cell]");
        if (b) return b;
      }
    };
    const nearest = (row) => [...row.querySelectorAll("button[data-cell]")].sort((x, y) => Math.abs(x.closest("td").cellIndex - td.cellIndex) - Math.abs(y.closest("td").cellIndex - td.cellIndex))[0];
    const rowStep = (name) => {
      for (let row = tr[name]; row; row = row[name]) {
        const b = nearest(row);
        if (b) return b;
      }
    };
    const target = {
      ArrowRight: () => along(tr, td.cellIndex + 1, 1), ArrowLeft: () => along(tr, td.cellIndex - 1, -1),
      ArrowDown: () => rowStep("nextElementSibling"), ArrowUp: () => rowStep("previousElementSibling"),
      Home: () => along(tr, 1, 1), End: () => along(tr, tr.children.length - 1, -1),
    }[e.key]?.();
    if (!target && !["Home", "End"].includes(e.key) && !e.key.startsWith("Arrow")) return;
    e.preventDefault();
    target?.focus();
  });
}

let opener = null;

async function panel(kg, aside, m, query) {
  const [rowKey, columnKey] = query.cell?.split("~") ?? [];
  const column = m.columns.find((c) => c.key === columnKey);
  const row = m.rows.find((r) => (r.node?.key ?? r.id) === rowKey);
  if (!column || !row) {
    const had = !aside.hidden;
    aside.hidden = true;
    aside.parentElement.classList.remove("open");
    if (had && opener) document.querySelector(`[data-cell="${CSS.escape(opener)}"]`)?.focus();
    return;
  }
  const entries = evidence(kg, m.found, row.id, column.hardware);
  const focus = new Set(column.hardware);
  if (row.node) for (const id of row.node.type === "Paper" ? kg.made[row.node.at] : descendants(kg, row.id)) focus.add(id);
  const close = () => change({ cell: "" });
  const heading = h("h2", { tabindex: "-1" }, row.node ? h("a", { href: route(row.node) }, row.label) : row.label, h("span", { class: "times" }, " on "), kg.nodes[column.id] ? h("a", { href: route(kg.nodes[column.id]) }, column.label) : column.label);
  const body = await evidenceList(kg, entries, focus);
  clear(aside,
    h("header", {}, heading, h("button", { type: "button", class: "close", "aria-label": "Close evidence", onclick: close }, "×")),
    h("p", { class: "meta" }, count(entries.length, "paper"), column.residual ? `; ${column.title}` : ""),
    body,
    h("p", { class: "actions" }, copyButton("Copy as CSV", "Evidence", () => factsCsv(kg, entries.flatMap((e) => e.facts.map((f) => f.fact))))));
  const fresh = opener !== query.cell || aside.hidden;
  aside.hidden = false;
  aside.parentElement.classList.add("open");
  aside.onkeydown = (e) => e.key === "Escape" && (e.stopPropagation(), close());
  opener = query.cell;
  if (fresh) {
    aside.scrollTop = 0;
    heading.focus({ preventScroll: true });
    if (matchMedia("(max-width: 900px)").matches) aside.scrollIntoView({ block: "start" });
    announce(`${row.label} on ${column.label}: ${count(entries.length, "paper")}`);
  }
}
