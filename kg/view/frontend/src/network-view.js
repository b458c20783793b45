// The whole graph in WebGL: places come with the page, types and relations can be switched off, a node shows what it is joined to.
import { announce, clear, count, h, number } from "./dom.js";
import { glide } from "./glide.js";
import { route } from "./kg.js";
import { find } from "./search.js";
import { change, parse } from "./state.js";
import { strands } from "./strands.js";

const MOST = 50_000; // nodes, and three times as many edges: what software rendering still moves
const MOST_SIZE = 22; // the radius of the largest node, in pixels
const LARGE = 4_000; // edges; above, they are drawn as one picture, which stands still within itself while it moves
const CLUSTERS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A7A00", "#7B4FA3", "#4D7C0F", "#B4536A"];
let drawn = null; // {sigma, graph, key}: kept while the reader stays in this view

/** What facts join: for each pair of nodes once its ends and the papers behind it, and the degree of each node. */
function joined(kg) {
  if (kg.joined) return kg.joined;
  const { s, o, p } = kg.facts;
  const [size, papers] = [kg.nodes.length, Math.max(1, kg.papers.length)];
  // A pair and a paper in one number, so that sorting numbers finds what is distinct: no object for any of a million facts.
  const keys = Float64Array.from(s, (_, i) => (s[i] === o[i] ? -1 : (Math.min(s[i], o[i]) * size + Math.max(s[i], o[i])) * papers + p[i])).sort();
  const [from, to, weight, degree] = [new Int32Array(keys.length), new Int32Array(keys.length), new Int32Array(keys.length), new Int32Array(size)];
  let n = 0;
  let [last, pair] = [-1, -1];
  for (const key of keys) {
    if (key === last || key < 0) continue;
    last = key;
    const now = Math.floor(key / papers);
    if (now !== pair) {
      pair = now;
      from[n] = Math.floor(now / size);
      to[n] = now % size;
      degree[from[n]]++;
      degree[to[n]]++;
      n++;
    }
    weight[n - 1]++;
  }
  kg.joined = { n, from, to, weight, degree };
  return kg.joined;
}

/** What stands next to a node: for each the papers that say so and the relations that they say. */
function beside(kg, id) {
  const { s, r, o, p } = kg.facts;
  const found = new Map();
  for (const i of id < kg.n ? kg.factsOf.get(id) ?? [] : kg.factsOfPaper[id - kg.n]) {
    const other = s[i] === id ? o[i] : o[i] === id ? s[i] : id;
    if (other === id) continue;
    if (!found.has(other)) found.set(other, { other, relations: new Set(), papers: new Set() });
    found.get(other).relations.add(r[i]);
    found.get(other).papers.add(p[i]);
  }
  return [...found.values()];
}

/** The node under a place of the screen, by a grid over the places: nothing has to be read back from the picture. */
function finder(sigma, graph, kept, [xs, ys]) {
  const CELLS = 160;
  const ids = Int32Array.from(kept, (node) => node.id);
  const most = Math.max(1, ...kept.slice(0, 1).map((node) => graph.getNodeAttribute(node.id, "size")), MOST_SIZE);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    [left, right] = [Math.min(left, xs[id]), Math.max(right, xs[id])];
    [top, bottom] = [Math.min(top, ys[id]), Math.max(bottom, ys[id])];
  }
  const side = Math.max(right - left, bottom - top, 1) / CELLS;
  const at = (v, low) => Math.max(0, Math.min(CELLS - 1, Math.floor((v - low) / side)));
  const cells = new Map();
  for (const id of ids) {
    const cell = at(xs[id], left) * CELLS + at(ys[id], top);
    if (cells.has(cell)) cells.get(cell).push(id);
    else cells.set(cell, [id]);
  }
  return ({ x, y }) => {
    const [here, beyond] = [sigma.viewportToGraph({ x, y }), sigma.viewportToGraph({ x: x + 1, y })];
    const pixel = Math.hypot(beyond.x - here.x, beyond.y - here.y);
    const reach = (sigma.scaleSize(most) + 2) * pixel;
    let [best, near] = [null, Infinity];
    for (let i = at(here.x - reach, left); i <= at(here.x + reach, left); i++) {
      for (let j = at(here.y - reach, top); j <= at(here.y + reach, top); j++) {
        for (const id of cells.get(i * CELLS + j) ?? []) {
          const far = Math.hypot(xs[id] - here.x, ys[id] - here.y);
          if (far < near && far <= (sigma.scaleSize(graph.getNodeAttribute(id, "size")) + 2) * pixel) [best, near] = [String(id), far];
        }
      }
    }
    return best;
  };
}

/** Resolves when what the page shows now has been painted. */
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

export async function show(kg, main, { query }) {
  if (!globalThis.kgWebgl) return clear(main, h("article", { class: "page" }, h("h1", {}, "Network"), h("p", {}, "This page was built without it.")));
  const off = new Set((query.off ?? "").split(",").filter(Boolean));
  const colour = query.colour === "cluster" ? "cluster" : "type";
  const focus = kg.byKey.get(query.node);
  const key = `${[...off].sort()} ${colour} ${document.documentElement.dataset.theme}`;
  if (main.dataset.view !== "network") {
    clear(main, h("p", { class: "summary", role: "status" }, "Drawing the network …")); // at once: software takes a third of a second
    await painted();
    if (parse().view !== "network") return undefined; // the reader has gone on
  }
  if (main.dataset.view !== "network" || drawn?.key !== key) {
    build(kg, main, { off, colour, key });
    main.dataset.view = "network";
  }
  select(kg, focus, query);
  return undefined;
}

export function leave() {
  drawn?.sigma.kill();
  drawn = null;
}

function build(kg, main, { off, colour, key }) {
  leave();
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const line = style.getPropertyValue("--line").trim();
  const { n, from, to, weight, degree } = joined(kg);
  const ranked = kg.nodes.filter((node) => degree[node.id] && !off.has(kg.type[node.type].slug)).sort((x, y) => degree[y.id] - degree[x.id] || x.id - y.id);
  const kept = ranked.slice(0, MOST);
  const { Graph, Sigma, nodeProgramClasses, edgeProgramClasses } = globalThis.kgWebgl;
  const graph = new Graph(); // each pair comes once: there is nothing to look up
  const shown = new Uint8Array(kg.nodes.length);
  const [xs, ys, clusters] = kg.places;
  const crowd = Math.max(0.2, Math.min(1, Math.sqrt(2500 / kept.length))); // so many nodes leave each other room
  for (const node of kept) {
    const type = kg.type[node.type];
    shown[node.id] = 1;
    graph.addNode(node.id, { x: xs[node.id], y: ys[node.id], label: node.label.length > 48 ? `${node.label.slice(0, 46)}…` : node.label, shape: type.shape,
      size: Math.min(MOST_SIZE, 2 + 1.1 * Math.sqrt(degree[node.id])) * (type.shape === "star" ? 0.9 : 1) * crowd, color: colour === "type" ? (type.name === "Vendor" ? "#777777" : type.colour) : clusters[node.id] < CLUSTERS.length ? CLUSTERS[clusters[node.id]] : "#9a9a9a" });
  }
  let joining = new Int32Array(n).map((_, i) => i).filter((i) => shown[from[i]] && shown[to[i]]);
  const possible = joining.length;
  if (possible > 3 * MOST) joining = joining.sort((i, j) => weight[j] - weight[i] || i - j).slice(0, 3 * MOST);
  const edgesDrawn = joining.length;
  const large = edgesDrawn > LARGE;
  for (const i of large ? [] : joining) graph.addEdgeWithKey(i, from[i], to[i], { size: Math.min(4, 0.4 + 0.35 * Math.sqrt(weight[i])) });
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
  const present = kg.types.filter((t) => kg.nodes.some((node) => node.type === t.name && degree[node.id]));
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
      ranked.length > kept.length ? `; ${count(ranked.length - kept.length, "node")} with the fewest neighbours ${ranked.length - kept.length === 1 ? "is left out: switch types off to see it" : "are left out: switch types off to see them"}` : "",
      possible > edgesDrawn ? `; ${count(possible - edgesDrawn, "edge")} with the fewest papers ${possible - edgesDrawn === 1 ? "is" : "are"} left out: choose a node, and its page lists all that join it` : "",
      kg.nodes.length - ranked.length ? `; ${number(kg.nodes.length - ranked.length)} that nothing is said of, or of a type that is switched off, ${kg.nodes.length - ranked.length === 1 ? "is" : "are"} not` : "", large ? ". The more edges cross a place the darker it is; choose a node to see its own. Scroll to zoom, names appear as you come near; what you drag or zoom is drawn anew when it rests." : ". Scroll to zoom, names appear as you come near; choose a node to see what it is joined to."),
    h("div", { class: "stage" }, box, card));
  const state = { focus: null, near: null };
  const sigma = new Sigma(new Graph(), box, { // the graph comes when all is set: drawing twice would take twice as long
    nodeProgramClasses, edgeProgramClasses, defaultEdgeColor: line, labelColor: { color: ink }, labelFont: style.getPropertyValue("--sans") || "sans-serif", labelSize: 12, labelDensity: 0.6, labelGridCellSize: 90, labelRenderedSizeThreshold: 7 * Math.sqrt(crowd), zoomToSizeRatioFunction: (ratio) => ratio ** (crowd < 0.5 ? 0.7 : 0.5),
    minCameraRatio: 0.01, maxCameraRatio: 4,
    defaultDrawNodeHover: (context, data) => {
      context.font = "600 13px sans-serif";
      const width = context.measureText(data.label).width;
      context.fillStyle = style.getPropertyValue("--panel").trim();
      context.fillRect(data.x + data.size + 2, data.y - 11, width + 10, 22);
      context.fillStyle = ink;
      context.fillText(data.label, data.x + data.size + 7, data.y + 4.5);
    },
    defaultDrawNodeLabel: (context, data, settings) => {
      if (!data.label || (state.near && !data.near)) return;
      context.fillStyle = ink;
      context.strokeStyle = style.getPropertyValue("--bg").trim();
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.font = `${settings.labelSize}px ${settings.labelFont}`;
      const place = [data.label, data.x + data.size + 3, data.y + settings.labelSize / 3];
      context.strokeText(...place);
      context.fillText(...place);
    },
    nodeReducer: (id, data) => (state.near?.has(Number(id)) ? { ...data, near: true, forceLabel: Number(id) === state.focus || state.near.size < 40 } : data),
  });
  sigma.pickingLayers.clear();
  const under = finder(sigma, graph, kept, kg.places);
  sigma.getNodeAtPosition = (place) => (sigma.getMouseCaptor().isMoving || told?.moving ? null : under(place));
  sigma.look = { faded: false, faint: line };
  const strokes = layer(sigma);
  let lines = null;
  sigma.on("afterRender", () => {
    strokes.clearRect(0, 0, strokes.canvas.width, strokes.canvas.height);
    if (state.focus !== null) spokes(sigma, state, strokes, style.getPropertyValue("--accent").trim());
    else if (large) (lines ??= strands(sigma, from, to, joining, style.getPropertyValue("--soft").trim()))(strokes);
  });
  const told = large ? glide(sigma, style.getPropertyValue("--bg").trim()) : null;
  sigma.setGraph(graph);
  sigma.on("clickNode", ({ node }) => change({ node: kg.nodes[node].key }));
  sigma.on("clickStage", () => change({ node: "" }));
  drawn = { sigma, graph, state, card, key, told };
  globalThis.kgNetwork = drawn;
}

/** A canvas below the nodes, of the size of sigma's own, which from now on sigma keeps. */
function layer(sigma) {
  const context = sigma.createCanvasContext("focus", { beforeLayer: "nodes" }).canvasContexts.focus;
  const { width, height } = sigma.getDimensions();
  const dense = globalThis.devicePixelRatio || 1;
  Object.assign(context.canvas, { width: width * dense, height: height * dense });
  Object.assign(context.canvas.style, { width: `${width}px`, height: `${height}px` });
  context.scale(dense, dense);
  return context;
}

/** The edges of the node in focus, on a canvas below the nodes. */
function spokes(sigma, state, context, accent) {
  const place = (id) => sigma.framedGraphToViewport(sigma.getNodeDisplayData(id));
  const from = place(state.focus);
  context.strokeStyle = accent;
  context.lineWidth = state.near.size < 400 ? 1.2 : 0.5;
  context.beginPath();
  for (const id of state.near) {
    const to = place(id);
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.stroke();
}

function select(kg, focus) {
  const { sigma, graph, state, card } = drawn;
  const known = focus !== undefined && graph.hasNode(focus);
  const near = known ? beside(kg, focus).filter((x) => graph.hasNode(x.other)) : [];
  const changed = new Set(state.near);
  state.focus = known ? focus : null;
  state.near = known ? new Set([focus, ...near.map((x) => x.other)]) : null;
  sigma.look.faded = known;
  for (const id of state.near ?? []) changed.add(id);
  if (changed.size) sigma.refresh({ partialGraph: { nodes: [...changed].map(String) }, skipIndexation: true, schedule: true });
  card.hidden = !known;
  if (!known) return;
  const at = sigma.getNodeDisplayData(focus);
  sigma.getCamera().animate({ x: at.x, y: at.y, ratio: Math.min(sigma.getCamera().ratio, 0.45) }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350 });
  const node = kg.nodes[focus];
  const order = near.sort((x, y) => y.papers.size - x.papers.size || kg.nodes[x.other].label.localeCompare(kg.nodes[y.other].label));
  const says = (pair) => [...pair.relations].map((r) => kg.relations[r].label).join(", ");
  clear(card, h("header", {}, h("h2", {}, h("a", { href: route(node) }, node.label)), h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => change({ node: "" }) }, "×")),
    h("p", { class: "meta" }, `${node.type}${node.broader?.length ? `, a kind of ${kg.nodes[node.broader[0]].label}` : ""}. Joined to ${count(order.length, "node")}.`),
    h("ul", { class: "listing" }, order.slice(0, 30).map(({ other, ...pair }) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => change({ node: kg.nodes[other].key }) }, kg.nodes[other].label), " ", h("small", {}, `${says(pair)}, ${count(pair.papers.size, "paper")}`)))),
    order.length > 30 ? h("p", { class: "meta" }, `and ${number(order.length - 30)} more, on `, h("a", { href: route(node) }, "its page")) : null);
  announce(`${node.label}: joined to ${count(order.length, "node")}`);
}
