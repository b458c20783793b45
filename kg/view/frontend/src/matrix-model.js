// What the matrix shows, as plain data: rows x columns of hardware, each cell the distinct papers by their strongest role.
import { ancestors, descendants } from "./kg.js";

export const ROWS = {
  methods: { label: "Methods proposed", one: "method", type: null },
  used: { label: "Techniques", one: "technique", type: "Method" },
  families: { label: "Families of techniques", one: "family", many: "families", type: null },
  tasks: { label: "Tasks", one: "task", type: "Task" },
  models: { label: "Models", one: "model", type: "Model" },
  datasets: { label: "Datasets", one: "dataset", type: "Dataset" },
  software: { label: "Software", one: "piece of software", many: "pieces of software", type: "Software" },
  years: { label: "Years", one: "year", type: null },
  papers: { label: "Papers", one: "paper", type: null },
};
export const COLUMNS = { auto: "What fits", class: "Class", family: "Family", product: "Product", vendor: "Vendor", flat: "No grouping" };
const BUDGET = 20;
const ROOTS = 8; // of these at most so many where columns are chosen by what fits

/** Which rows a paper stands in. A paper that names nothing of its own is its own row. */
function rowsOf(kg, kind, paper, use) {
  if (kind === "papers") return [kg.n + paper];
  if (kind === "years") return kg.papers[paper].year ? [`year:${kg.papers[paper].year}`] : ["year:unknown"];
  if (kind === "methods") {
    const said = [...new Set(use.facts.map((f) => f.subject).filter((s) => s !== null))];
    if (said.length) return said;
    return kg.made[paper].length ? kg.made[paper] : [kg.n + paper];
  }
  if (kind === "families") return familiesOf(kg)[paper];
  return ofType(kg, ROWS[kind].type)[paper];
}

/** For each paper the techniques that others are a kind of, its own and those above its own. */
function familiesOf(kg) {
  return (kg.families ??= ofType(kg, "Method").map((methods) => {
    const chain = new Set(methods.flatMap((id) => [...ancestors(kg, id)]));
    return [...chain].filter((id) => kg.children.has(id) && kg.nodes[id].type === "Method");
  }));
}

/** For each paper its entities of a type; made once. */
function ofType(kg, type) {
  kg.ofType ??= new Map();
  if (!kg.ofType.has(type)) kg.ofType.set(type, kg.papers.map((p) => p.entities.filter((e) => kg.nodes[e].type === type)));
  return kg.ofType.get(type);
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export function vendorOf(kg, id) {
  for (const a of ancestors(kg, id)) if (kg.nodes[a].vendor !== null && kg.nodes[a].vendor !== undefined) return kg.nodes[a].vendor;
  return null;
}

function allowed(kg, o) {
  const inKind = o.kind ? (id) => kg.nodes[id].kind === o.kind : () => true;
  const under = o.under === undefined ? null : descendants(kg, o.under);
  const cache = new Map();
  return (id) => {
    if (!cache.has(id)) {
      cache.set(id, inKind(id) && (!o.vendor || kg.nodes[vendorOf(kg, id)]?.key === o.vendor) && (!under || under.has(id)));
    }
    return cache.get(id);
  };
}

const fold = (text) => text.normalize("NFKC").toLowerCase();

/** The uses that pass the filters: {paper, hardware, role, facts, rows}. */
function uses(kg, o) {
  const found = [];
  const okay = allowed(kg, o);
  const q = fold(o.q ?? "");
  const matches = new Map();
  const named = (id) => {
    if (!matches.has(id)) {
      const node = kg.nodes[id];
      matches.set(id, [node?.label ?? String(id), ...(node?.aliases ?? [])].some((name) => fold(name).includes(q)));
    }
    return matches.get(id);
  };
  kg.uses.forEach((list, paper) => {
    const year = kg.papers[paper].year;
    if ((o.from && !(year >= o.from)) || (o.to && !(year <= o.to))) return;
    for (const use of list) {
      if (!okay(use.hardware)) continue;
      const facts = use.facts.filter((f) => o.roles.has(f.role) && kg.facts.q[f.fact] >= (o.confidence ?? 0));
      if (!facts.length) continue;
      let rows = rowsOf(kg, o.rows, paper, { ...use, facts });
      if (q && !named(kg.n + paper) && !named(use.hardware)) rows = rows.filter(named);
      if (rows.length) found.push({ paper, hardware: use.hardware, role: Math.min(...facts.map((f) => f.role)), facts, rows });
    }
  });
  return found;
}

const OTHER = -2; // hardware that no wider class holds and few papers name, folded into one column
const NO_VENDOR = -1;

/** The visible columns, in order: the tree of hardware along `broader` (or by vendor), cut at what is collapsed. */
function columns(kg, o, found) {
  const direct = new Map();
  for (const u of found) {
    if (!direct.has(u.hardware)) direct.set(u.hardware, new Set());
    direct.get(u.hardware).add(u.paper);
  }
  const tree = o.cols === "vendor" ? vendorTree(kg, direct) : o.cols === "flat" ? flatTree(direct) : hardwareTree(kg, direct);
  const size = (id) => tree.support.get(id).size;
  const order = (x, y) => (x === OTHER) - (y === OTHER) || size(y) - size(x) || collator.compare(label(kg, x), label(kg, y));
  const all = new Set(found.map((u) => u.paper)).size;
  const floor = o.cols === "flat" || o.cols === "vendor" ? 0 : Math.max(2, Math.ceil(all * 0.015));
  tree.roots.sort(order);
  const small = tree.roots.filter((id, i) => size(id) < floor || (o.cols === "auto" && i >= ROOTS));
  if (small.length > 1) {
    tree.roots = [...tree.roots.filter((id) => !small.includes(id)), OTHER];
    tree.kids.set(OTHER, small);
    tree.members.set(OTHER, new Set(small.flatMap((id) => [...tree.members.get(id)])));
    tree.support.set(OTHER, new Set(small.flatMap((id) => [...tree.support.get(id)])));
  }
  for (const list of tree.kids.values()) list.sort(order);
  const open = expansion(kg, o, tree, size, floor);
  const visible = [];
  const walk = (id, path) => {
    const below = tree.kids.get(id) ?? [];
    const shown = open.get(id);
    const only = shown?.length === 1 && tree.members.get(shown[0]).size === tree.members.get(id).size;
    if (only) walk(shown[0], path); // a group of one column and nothing else needs no head
    else if (shown?.length) {
      for (const kid of shown) walk(kid, [...path, id]);
      visible.push({ id, path: [...path, id], residual: true, folded: below.length - shown.length, shown });
    } else visible.push({ id, path, residual: false, expandable: below.length > 0, hardware: tree.members.get(id) });
  };
  tree.roots.forEach((id) => walk(id, []));
  for (const c of visible) {
    // What a group holds beside its columns: itself, where no more is said, and what is too little for a column.
    if (c.residual) {
      const inside = new Set(c.shown.flatMap((kid) => [...tree.members.get(kid)]));
      c.hardware = new Set([...tree.members.get(c.id)].filter((m) => !inside.has(m)));
      c.itself = (direct.get(c.id)?.size ?? 0) * 2 >= new Set([...c.hardware].flatMap((m) => [...direct.get(m)])).size;
    }
    c.papers = new Set([...c.hardware].flatMap((m) => [...direct.get(m)]));
    c.support = c.papers.size;
    c.key = (kg.nodes[c.id]?.key ?? (c.id === OTHER ? "other/" : "vendor/")) + (c.residual ? "*" : "");
    c.label = label(kg, c.id);
    c.title = !c.residual ? c.label : c.itself ? `${c.label} as such` : `other ${c.label}`;
  }
  return { visible: visible.filter((c) => c.support), open, support: tree.support };
}

const grow = (tree, id, hardware, papers) => {
  if (!tree.support.has(id)) [tree.support.set(id, new Set()), tree.members.set(id, new Set())];
  papers.forEach((p) => tree.support.get(id).add(p));
  tree.members.get(id).add(hardware);
};
const blank = () => ({ support: new Map(), members: new Map(), kids: new Map(), roots: [] });

function hardwareTree(kg, direct) {
  const tree = blank();
  // A thing with several wider ones stands under the first that is not below it, so that it is in one column only.
  const wider = (id) => kg.nodes[id].broader.find((p) => !ancestors(kg, p).has(id));
  for (const [id, papers] of direct) for (let at = id; at !== undefined; at = wider(at)) grow(tree, at, id, papers);
  for (const id of tree.support.keys()) {
    const up = wider(id);
    if (up === undefined) tree.roots.push(id);
    else tree.kids.set(up, [...(tree.kids.get(up) ?? []), id]);
  }
  return tree;
}

function vendorTree(kg, direct) {
  const tree = blank();
  for (const [id, papers] of direct) {
    const vendor = vendorOf(kg, id) ?? NO_VENDOR;
    grow(tree, id, id, papers);
    if (!tree.support.has(vendor)) tree.roots.push(vendor);
    grow(tree, vendor, id, papers);
    tree.kids.set(vendor, [...(tree.kids.get(vendor) ?? []), id]);
  }
  return tree;
}

function flatTree(direct) {
  const tree = blank();
  for (const [id, papers] of direct) grow(tree, id, id, papers), tree.roots.push(id);
  return tree;
}

export const label = (kg, id) => (typeof id === "string" ? id.replace(/^year:/, "") : id === NO_VENDOR ? "no vendor" : id === OTHER ? "other hardware" : kg.nodes[id].label);

/** Which nodes are drawn as groups, and with which of their children: by level, or by what fits, then what the reader opened. */
function expansion(kg, o, { kids, roots, members }, size, floor) {
  const open = new Map();
  const level = { class: 1, family: 2, product: 3 }[o.cols];
  const rank = (id) => ({ class: 1, family: 2, architecture: 2, series: 2 })[kg.nodes[id]?.kind] ?? (kids.has(id) ? 2 : 3);
  const closed = new Set((o.closed ?? []).map((key) => idOf(kg, key)));
  if (level) {
    for (const [id, below] of kids) if (id !== OTHER && below.some((kid) => rank(kid) <= level)) open.set(id, below);
  } else if (o.cols === "auto") {
    // The widest column is split again and again, as long as its larger parts fit.
    let ends = roots.slice();
    let width = roots.length;
    const parts = (id) => (id === OTHER || closed.has(id) ? [] : (kids.get(id) ?? []).filter((kid) => size(kid) >= floor));
    const cost = (id) => {
      const inside = new Set(parts(id).flatMap((kid) => [...members.get(kid)]));
      return parts(id).length + ([...members.get(id)].some((m) => !inside.has(m)) ? 1 : 0) - 1;
    };
    for (;;) {
      const next = ends.filter((id) => parts(id).length && width + cost(id) <= (o.budget ?? BUDGET)).sort((x, y) => size(y) - size(x))[0];
      if (next === undefined) break;
      open.set(next, parts(next));
      width += cost(next);
      ends = ends.filter((id) => id !== next).concat(parts(next));
    }
  }
  for (const id of (o.opened ?? []).map((key) => idOf(kg, key))) if (kids.has(id)) open.set(id, kids.get(id));
  for (const id of closed) open.delete(id);
  return open;
}

const idOf = (kg, key) => (key === "other/" ? OTHER : key === "vendor/" ? NO_VENDOR : kg.byKey.get(key));

const SORTS = {
  support: (x, y) => y.support - x.support || x.unnamed - y.unnamed || (x.aim === y.aim ? 0 : x.aim - y.aim) || y.strong - x.strong || x.first - y.first,
  hardware: (x, y) => x.first - y.first || y.support - x.support,
  name: () => 0,
  year: (x, y) => (y.year ?? 0) - (x.year ?? 0) || y.support - x.support,
};

/** o: {rows, cols, roles: Set of 0..3, from, to, vendor, kind, under, confidence, min, q, sort, by, opened, closed} */
export function matrix(kg, o) {
  const found = uses(kg, o);
  const { visible, open, support } = columns(kg, o, found);
  const at = new Map(); // hardware -> columns that cover it
  visible.forEach((c, i) => c.hardware.forEach((m) => at.set(m, [...(at.get(m) ?? []), i])));
  const rows = new Map();
  for (const u of found) {
    for (const id of u.rows) {
      if (!rows.has(id)) rows.set(id, { id, papers: new Set(), cells: new Map() });
      const row = rows.get(id);
      row.papers.add(u.paper);
      for (const c of at.get(u.hardware) ?? []) {
        if (!row.cells.has(c)) row.cells.set(c, new Map());
        const cell = row.cells.get(c);
        cell.set(u.paper, Math.min(cell.get(u.paper) ?? 9, u.role));
      }
    }
  }
  const all = [...rows.values()];
  for (const row of all) {
    const node = typeof row.id === "number" ? kg.nodes[row.id] : null;
    row.label = label(kg, row.id);
    row.node = node;
    row.unnamed = node?.type === "Paper";
    row.support = row.papers.size;
    row.first = Math.min(...row.cells.keys());
    row.aim = Math.min(...[...row.cells].filter(([, cell]) => [...cell.values()].includes(0)).map(([c]) => c)); // the first that it targets
    row.strong = [...row.cells.values()].reduce((n, cell) => n + [...cell.values()].filter((r) => r === 0).length, 0);
    row.year = Math.max(...[...row.papers].map((p) => kg.papers[p].year ?? 0)) || null;
    row.roles = tally([...row.cells.values()].flatMap((cell) => [...cell.values()]));
  }
  const kept = all.filter((row) => row.support >= (o.min ?? 1));
  const by = o.by === undefined ? -1 : visible.findIndex((c) => c.key === o.by);
  const name = (x, y) => collator.compare(x.label, y.label);
  const inColumn = (row) => row.cells.get(by)?.size ?? 0;
  const sort = by >= 0 ? (x, y) => inColumn(y) - inColumn(x) || SORTS.support(x, y)
    : o.rows === "years" && !o.sort ? (x, y) => y.label.localeCompare(x.label) : SORTS[o.sort] ?? SORTS.support;
  kept.sort((x, y) => sort(x, y) || name(x, y));
  return { columns: visible, open, rows: kept, below: all.length - kept.length, papers: new Set(found.map((u) => u.paper)), support, found };
}

export function tally(roles) {
  const counts = [0, 0, 0, 0];
  for (const role of roles) counts[role]++;
  return counts;
}

/** The facts behind a cell, paper by paper, strongest role first. */
export function evidence(kg, found, rowId, hardware) {
  const papers = new Map();
  for (const u of found) {
    if (!u.rows.includes(rowId) || !hardware.has(u.hardware)) continue;
    if (!papers.has(u.paper)) papers.set(u.paper, { paper: u.paper, role: 9, facts: [] });
    const entry = papers.get(u.paper);
    entry.role = Math.min(entry.role, u.role);
    entry.facts.push(...u.facts);
  }
  return [...papers.values()].sort((x, y) => x.role - y.role || (kg.papers[y.paper].year ?? 0) - (kg.papers[x.paper].year ?? 0));
}
