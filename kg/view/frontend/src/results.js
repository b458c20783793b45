// Reported results as a plot: one dot a result, ratios on a log scale, rows by hardware or metric; the sentence on hover or focus.
import { clear, copyButton, count, csv, h, number, svg } from "./dom.js";
import { UNITS } from "./entity.js";
import { footnote, marked, reference } from "./evidence.js";
import { descendants, route, sentence } from "./kg.js";
import { change } from "./state.js";

const [LANES, LANE] = [8, 13]; // dots above one another in a row of the plot, and pixels between them

const unitName = (unit) => (unit === "x" ? "times (×)" : unit === "PERCENT" ? "percent" : UNITS[unit] ?? unit);

export function show(kg, main, { query }) {
  const units = new Map();
  for (const r of kg.results) if (r.low !== null || r.high !== null) units.set(r.unit ?? "", (units.get(r.unit ?? "") ?? 0) + 1);
  const ranked = [...units].sort((x, y) => y[1] - x[1]);
  const unit = units.has(query.unit) ? query.unit : units.has("x") ? "x" : ranked[0]?.[0];
  const by = query.by === "metric" ? "metric" : "hardware";
  const under = kg.byKey.get(query.under);
  const below = under === undefined ? null : descendants(kg, under);
  const q = (query.q ?? "").toLowerCase();
  const mine = kg.results.filter((r) => (r.unit ?? "") === unit && (r.low !== null || r.high !== null) && (!below || below.has(r.hardware))
    && (!q || `${r.metric} ${kg.nodes[r.hardware]?.label ?? ""} ${kg.papers[r.paper].title}`.toLowerCase().includes(q)));
  const focused = document.activeElement?.id === "r-q" ? document.activeElement.selectionStart : null;
  const plain = kg.results.filter((r) => r.low === null && r.high === null).length;
  clear(main, h("article", { class: "page wide" },
    h("h1", {}, "What the papers report", under === undefined ? "" : ` on ${kg.nodes[under].label}`),
    h("div", { class: "controls" }, h("div", { class: "line" },
      h("label", {}, h("span", {}, "Unit"), h("select", { onchange: (e) => change({ unit: e.target.value }) }, ranked.map(([u, n]) => h("option", { value: u, selected: u === unit }, `${u ? unitName(u) : "plain number"} (${n})`)))),
      h("label", {}, h("span", {}, "Rows"), h("select", { onchange: (e) => change({ by: e.target.value }) }, [["hardware", "hardware"], ["metric", "metric"]].map(([v, t]) => h("option", { value: v, selected: v === by }, t)))),
      h("label", { class: "grow" }, h("span", {}, "Containing"), h("input", { id: "r-q", type: "search", value: query.q ?? "", placeholder: "metric, hardware or title", oninput: (e) => change({ q: e.target.value }, true) })))),
    mine.length ? plot(kg, mine, { by }) : h("p", { class: "empty" }, kg.results.length ? "No result fits." : "No results were found in these papers."),
    h("p", { class: "meta" }, `${number(mine.length)} of ${count(kg.results.length, "result")} drawn; the others have another unit or do not fit the filter${plain ? `, and ${number(plain)} ${plain === 1 ? "has" : "have"} no number that could be read` : ""}. As reported by the papers, not checked and not comparable between papers.`)));
  if (focused !== null) {
    const input = document.getElementById("r-q");
    input.focus();
    input.setSelectionRange(focused, focused);
  }
}

/** A strip plot; below it the chosen result in its sentence, and the rows as CSV. */
export function plot(kg, results, { by = "hardware", compact = false, more = "#/results" } = {}) {
  if (compact) {
    return h("div", {}, h("ul", { class: "listing results" }, results.slice(0, 12).map((r) => h("li", {}, h("b", {}, r.value), ` ${r.metric} `, h("a", { class: "minor", href: route(kg.papers[r.paper]) }, kg.papers[r.paper].title)))),
      results.length > 12 ? h("p", { class: "meta" }, `${count(results.length - 12, "more result")}: `, h("a", { href: more }, "see the plot")) : null);
  }
  const name = (r) => (by === "metric" ? (r.metricEntity !== null ? kg.nodes[r.metricEntity].label : r.metric) : r.hardware !== null ? kg.nodes[r.hardware].label : "hardware not said");
  const groups = new Map();
  for (const r of results) {
    if (!groups.has(name(r))) groups.set(name(r), []);
    groups.get(name(r)).push(r);
  }
  const last = "hardware not said";
  const rows = [...groups].sort((x, y) => (x[0] === last) - (y[0] === last) || y[1].length - x[1].length || x[0].localeCompare(y[0]));
  const shown = rows.slice(0, 40);
  const value = (r) => r.high ?? r.low;
  const values = results.map(value).filter((v) => Number.isFinite(v));
  const log = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 20;
  const scale = log ? Math.log10 : (v) => v;
  const [low, high] = [scale(log ? Math.min(1, ...values) : Math.min(0, ...values)), scale(Math.max(...values)) || 1];
  const [W, L, R, T, ROW] = [900, 220, 24, 26, 28];
  const x = (v) => L + ((scale(v) - low) / (high - low || 1)) * (W - L - R);
  // Dots that would cover each other stand in lanes of one row, as many as it needs up to eight.
  const lanes = shown.map(([, list]) => {
    const ends = [];
    return new Map(list.filter((r) => Number.isFinite(value(r))).sort((a, b) => value(a) - value(b)).map((r) => {
      const from = x(r.low !== null && r.high !== null ? r.low : value(r));
      let lane = ends.findIndex((end) => from - end > 12);
      if (lane < 0) lane = ends.length < LANES ? ends.length : ends.indexOf(Math.min(...ends));
      ends[lane] = x(value(r));
      return [r, lane];
    }));
  });
  const heights = lanes.map((lane) => ROW + LANE * Math.max(0, ...lane.values()));
  const tops = heights.map((_, i) => T + heights.slice(0, i).reduce((sum, height) => sum + height, 0));
  const H = T + heights.reduce((sum, height) => sum + height, 0) + 8;
  const ticks = log ? [0.01, 0.1, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e5, 1e6, 1e9].filter((t) => scale(t) >= low - 1e-9 && scale(t) <= high + 1e-9) : niceTicks(low, high);
  const card = h("div", { class: "reading", "aria-live": "polite" }, h("p", { class: "hint" }, "Hover, tap or tab to a dot to read the sentence that it stands for."));
  let chosen = null;
  const read = async (r) => {
    chosen = r;
    const doc = await kg.text(r.paper);
    if (chosen !== r) return;
    const [from, to] = sentence(doc, r.start, r.end);
    clear(card, reference(kg, r.paper, "h2"), h("blockquote", { class: "statement" }, h("p", {}, marked(doc.text, from, to, [[r.start, r.end, "quote", `${r.metric}: ${r.value}`]])), footnote(r)));
  };
  const cut = (text) => (text.length > 32 ? `${text.slice(0, 30)}…` : text);
  const dot = (r, y) => {
    const v = value(r);
    const open = r.high === null || r.low === null;
    const cls = `dot ${r.change === "loss" ? "loss" : "gain"}`;
    return svg("g", { class: cls, tabindex: 0, role: "button", "aria-label": `${r.value} ${r.metric}, ${name(r)}, ${kg.papers[r.paper].title}`,
      onmouseenter: () => read(r), onfocus: () => read(r), onclick: () => read(r) },
    svg("circle", { cx: x(v), cy: y, r: 11, class: "touch" }),
    r.low !== null && r.high !== null && r.low !== r.high ? svg("line", { x1: x(r.low), x2: x(r.high), y1: y, y2: y }) : null,
    r.change === "loss" ? svg("rect", { x: x(v) - 4.5, y: y - 4.5, width: 9, height: 9 }) : svg("circle", { cx: x(v), cy: y, r: 5 }),
    open ? svg("path", { d: r.high === null ? `M${x(v) + 7} ${y - 4}l4 4l-4 4` : `M${x(v) - 7} ${y - 4}l-4 4l4 4` }) : null);
  };
  const header = (label, n, y) => {
    const entity = kg.nodes[(groups.get(label)[0])[by === "metric" ? "metricEntity" : "hardware"]];
    const text = svg("text", { x: L - 14, y: y + 4, "text-anchor": "end" }, `${cut(label)}  ${n}`, svg("title", {}, label));
    return entity ? svg("a", { href: route(entity) }, text) : text;
  };
  const picture = svg("svg", { viewBox: `0 0 ${W} ${H}`, class: "plot", role: "group", "aria-label": `Results by ${by}` },
    ticks.map((t) => svg("g", { class: "tick" }, svg("line", { x1: x(t), x2: x(t), y1: T - 6, y2: H }), svg("text", { x: x(t), y: T - 11, "text-anchor": "middle" }, `${number(t)}${results[0].unit === "x" ? "×" : results[0].unit === "PERCENT" ? " %" : ""}`))),
    shown.map(([label, list], i) => {
      const y = tops[i] + ROW / 2;
      return svg("g", {}, svg("line", { class: "base", x1: L, x2: W - R, y1: y, y2: y }), header(label, list.length, y), [...lanes[i]].map(([r, lane]) => dot(r, y + lane * LANE)));
    }));
  return h("div", { class: "plotbox" }, h("p", { class: "meta" }, h("span", { class: "key gain" }, "● gain or level"), "  ", h("span", { class: "key loss" }, "■ loss or reduction"), "  — a bar is a range, an arrow an open end", rows.length > shown.length ? `; ${count(rows.length - shown.length, "row")} with fewer results not drawn, filter to see them` : "", log ? "; logarithmic scale" : ""),
    h("div", { class: "scroll" }, picture), card,
    h("p", { class: "actions" }, copyButton("Copy as CSV", "Results", () => csv([["hardware", "metric", "value", "low", "high", "unit", "change", "paper", "title", "url"], ...results.map((r) => [kg.nodes[r.hardware]?.label, r.metric, r.value, r.low, r.high, r.unit, r.change, kg.papers[r.paper].key, kg.papers[r.paper].title, kg.papers[r.paper].url])]))));
}

function niceTicks(low, high) {
  const raw = (high - low) / 6;
  const step = 10 ** Math.floor(Math.log10(raw || 1));
  const nice = [1, 2, 5, 10].map((k) => k * step).find((s) => s >= raw) ?? step;
  const ticks = [];
  for (let t = Math.ceil(low / nice) * nice; t <= high + 1e-9; t += nice) ticks.push(Math.round(t * 1e6) / 1e6);
  return ticks;
}
