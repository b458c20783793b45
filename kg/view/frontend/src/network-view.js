// The whole graph in WebGL: places come with the page, types and relations can be switched off, a node shows what it is joined to.
import { announce, clear, count, h, number } from "./dom.js";
import { route } from "./kg.js";
import { find } from "./search.js";
import { change } from "./state.js";

const MOST = 50_000; // nodes, and three times as many edges: what software rendering still moves
const CLUSTERS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A7A00", "#7B4FA3", "#4D7C0F", "#B4536A"];
let drawn = null; // {sigma, graph, key}: kept while the reader stays in this view

/** Edges between nodes: for each pair once, with the papers behind it. */
function edges(kg) {
  if (kg.pairs) return kg.pairs;
  const { s, r, o, p } = kg.facts;
  const pairs = new Map();
  const size = kg.nodes.length;
  for (let i = 0; i < s.length; i++) {
    const key = Math.min(s[i], o[i]) * size + Math.max(s[i], o[i]);
    if (!pairs.has(key)) pairs.set(key, { a: s[i], b: o[i], relations: new Set(), papers: new Set() });
    const pair = pairs.get(key);
    pair.relations.add(r[i]);
    pair.papers.add(p[i]);
  }
  kg.pairs = [...pairs.values()];
  kg.beside = new Map();
  for (const pair of kg.pairs) {
    for (const [x, y] of [[pair.a, pair.b], [pair.b, pair.a]]) {
      if (!kg.beside.has(x)) kg.beside.set(x, []);
      kg.beside.get(x).push({ other: y, pair });
    }
  }
  return kg.pairs;
}

export function show(kg, main, { query }) {
  if (!globalThis.kgWebgl) return clear(main, h("article", { class: "page" }, h("h1", {}, "Network"), h("p", {}, "This page was built without it.")));
  const off = new Set((query.off ?? "").split(",").filter(Boolean));
  const colour = query.colour === "cluster" ? "cluster" : "type";
  const focus = kg.byKey.get(query.node);
  const pairs = edges(kg);
  const key = `${[...off].sort()} ${colour} ${document.documentElement.dataset.theme}`;
  if (main.dataset.view !== "network" || drawn?.key !== key) {
    build(kg, main, { off, colour, pairs, key });
    main.dataset.view = "network";
  }
  select(kg, focus, query);
  return undefined;
}

export function leave() {
  drawn?.sigma.kill();
  drawn = null;
}

function build(kg, main, { off, colour, pairs, key }) {
  leave();
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const line = style.getPropertyValue("--line").trim();
  const ranked = kg.nodes.filter((node) => kg.beside.has(node.id) && !off.has(kg.type[node.type].slug)).sort((x, y) => kg.beside.get(y.id).length - kg.beside.get(x.id).length || x.id - y.id);
  const kept = ranked.slice(0, MOST);
  const { Graph, Sigma, nodeProgramClasses } = globalThis.kgWebgl;
  const graph = new Graph();
  const [xs, ys, clusters] = kg.places;
  for (const node of kept) {
    const type = kg.type[node.type];
    graph.addNode(node.id, { x: xs[node.id], y: ys[node.id], label: node.label.length > 48 ? `${node.label.slice(0, 46)}…` : node.label, type: type.shape,
      size: Math.min(22, 2 + 1.1 * Math.sqrt(kg.beside.get(node.id).length)) * (type.shape === "star" ? 0.9 : 1), color: colour === "type" ? (type.name === "Vendor" ? "#777777" : type.colour) : clusters[node.id] < CLUSTERS.length ? CLUSTERS[clusters[node.id]] : "#9a9a9a" });
  }
  let edgesDrawn = 0;
  const joining = pairs.filter((pair) => pair.a !== pair.b && graph.hasNode(pair.a) && graph.hasNode(pair.b));
  if (joining.length > 3 * MOST) joining.sort((x, y) => y.papers.size - x.papers.size);
  for (const pair of joining.slice(0, 3 * MOST)) {
    graph.addEdge(pair.a, pair.b, { size: Math.min(4, 0.4 + 0.35 * Math.sqrt(pair.papers.size)), color: line });
    edgesDrawn++;
  }
  const box = h("div", { class: "webgl", role: "img", "aria-label": `Network of ${kept.length} nodes; the same facts stand as tables in the other views` });
  const card = h("aside", { class: "panel near-card", "aria-label": "What a node is joined to", hidden: true });
  const listId = "network-names";
  const field = h("input", { id: "n-q", type: "search", placeholder: "name of a node", list: listId, oninput: (e) => {
    clear(document.getElementById(listId), find(kg, e.target.value, 8).hits.filter((x) => graph.hasNode(x.node.id)).map((x) => h("option", { value: x.node.label })));
  }, onchange: (e) => {
    const hit = find(kg, e.target.value, 8).hits.find((x) => graph.hasNode(x.node.id));
    if (hit) change({ node: hit.node.key });
    else announce("No node by that name");
  } });
  const present = kg.types.filter((t) => kg.nodes.some((node) => node.type === t.name && kg.beside.has(node.id)));
  clear(main,
    h("div", { class: "controls" }, h("div", { class: "line" },
      h("fieldset", { class: "types" }, h("legend", {}, "Shown"), present.map((t) => h("button", { type: "button", class: `toggle t-${t.slug}`, "aria-pressed": String(!off.has(t.slug)), title: t.definition, onclick: () => {
        const next = new Set(off);
        if (!next.delete(t.slug)) next.add(t.slug);
        change({ off: [...next].join(",") });
      } }, h("span", { class: `mark ${t.shape}`, "aria-hidden": "true" }), t.plural))),
      h("label", {}, h("span", {}, "Colour by"), h("select", { onchange: (e) => change({ colour: e.target.value }) }, [["type", "type"], ["cluster", "cluster"]].map(([v, t]) => h("option", { value: v, selected: v === colour }, t)))),
      h("label", { class: "grow" }, h("span", {}, "Find"), field, h("datalist", { id: listId })))),
    h("p", { class: "summary", role: "status" }, `${count(kept.length, "node")} and ${count(edgesDrawn, "edge")} are drawn`,
      ranked.length > kept.length ? `; ${count(ranked.length - kept.length, "node")} with the fewest neighbours are left out: switch types off to see them` : "",
      joining.length > edgesDrawn ? `; ${count(joining.length - edgesDrawn, "edge")} with the fewest papers are left out` : "",
      kg.nodes.length - ranked.length ? `; ${number(kg.nodes.length - ranked.length)} that nothing is said of, or of a type that is switched off, are not` : "", ". Scroll to zoom, names appear as you come near; choose a node to see what it is joined to."),
    h("div", { class: "stage" }, box, card));
  const state = { focus: null, near: null };
  const sigma = new Sigma(graph, box, {
    nodeProgramClasses, defaultNodeType: "dot", labelColor: { color: ink }, labelFont: style.getPropertyValue("--sans") || "sans-serif", labelSize: 12, labelDensity: 0.6, labelGridCellSize: 90, labelRenderedSizeThreshold: 7,
    hideEdgesOnMove: edgesDrawn > 4000, hideLabelsOnMove: edgesDrawn > 20000, minCameraRatio: 0.01, maxCameraRatio: 4, zIndex: true,
    defaultDrawNodeHover: (context, data) => {
      context.font = "600 13px sans-serif";
      const width = context.measureText(data.label).width;
      context.fillStyle = style.getPropertyValue("--panel").trim();
      context.fillRect(data.x + data.size + 2, data.y - 11, width + 10, 22);
      context.fillStyle = ink;
      context.fillText(data.label, data.x + data.size + 7, data.y + 4.5);
    },
    nodeReducer: (id, data) => (!state.near ? data : state.near.has(Number(id)) ? { ...data, zIndex: 1, forceLabel: Number(id) === state.focus || state.near.size < 40 } : { ...data, color: line, label: "", size: Math.min(data.size, 1.6), zIndex: 0 }),
    edgeReducer: (edge, data) => (state.focus === null ? data : graph.hasExtremity(edge, state.focus) ? { ...data, color: style.getPropertyValue("--accent").trim(), zIndex: 1 } : { ...data, hidden: true }),
  });
  sigma.on("clickNode", ({ node }) => change({ node: kg.nodes[node].key }));
  sigma.on("clickStage", () => change({ node: "" }));
  drawn = { sigma, graph, state, card, key };
  globalThis.kgNetwork = drawn;
}

function select(kg, focus) {
  const { sigma, graph, state, card } = drawn;
  const known = focus !== undefined && graph.hasNode(focus);
  state.focus = known ? focus : null;
  state.near = known ? new Set([focus, ...graph.neighbors(focus).map(Number)]) : null;
  sigma.refresh();
  card.hidden = !known;
  if (!known) return;
  const at = sigma.getNodeDisplayData(focus);
  sigma.getCamera().animate({ x: at.x, y: at.y, ratio: Math.min(sigma.getCamera().ratio, 0.45) }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350 });
  const node = kg.nodes[focus];
  const joined = kg.beside.get(focus).filter((x) => graph.hasNode(x.other)).sort((x, y) => y.pair.papers.size - x.pair.papers.size || kg.nodes[x.other].label.localeCompare(kg.nodes[y.other].label));
  const says = (pair) => [...pair.relations].map((r) => kg.relations[r].label).join(", ");
  clear(card, h("header", {}, h("h2", {}, h("a", { href: route(node) }, node.label)), h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => change({ node: "" }) }, "×")),
    h("p", { class: "meta" }, `${node.type}${node.broader?.length ? `, a kind of ${kg.nodes[node.broader[0]].label}` : ""}. Joined to ${count(joined.length, "node")}.`),
    h("ul", { class: "listing" }, joined.slice(0, 30).map(({ other, pair }) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => change({ node: kg.nodes[other].key }) }, kg.nodes[other].label), " ", h("small", {}, `${says(pair)}, ${count(pair.papers.size, "paper")}`)))),
    joined.length > 30 ? h("p", { class: "meta" }, `and ${number(joined.length - 30)} more, on `, h("a", { href: route(node) }, "its page")) : null);
  announce(`${node.label}: joined to ${count(joined.length, "node")}`);
}
