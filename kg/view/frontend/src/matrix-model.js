// What the matrix shows, as plain data: rows x columns of hardware, each cell the distinct papers by their strongest role.
import { ancestors, descendants } from "./kg.js";

export const ROWS = {
  methods: { label: "Methods proposed", one: "method", type: null },
  used: { label: "Techniques", one: "technique", type: "Method" },
  tasks: { label: "Tasks", one: "task", type: "Task" },
  models: { label: "Models", one: "model", type: "Model" },
  datasets: { label: "Datasets", one: "dataset", type: "Dataset" },
  software: { label: "Software", one: "software", type: "Software" },
  years: { label: "Years", one: "year", type: null },
  papers: { label: "Papers", one: "paper", type: null },
};
export const COLUMNS = { auto: "What fits", class: "Class", family: "Family", product: "Product", vendor: "Vendor", flat: "No grouping" };
const BUDGET = 14;

/** Which rows a paper stands in. A paper that names nothing of its own is its own row. */
function rowsOf(kg, kind, paper, use) {
  if (kind === "papers") return [kg.n + paper];
  if (kind === "years") return kg.papers[paper].year ? [`year:${kg.papers[paper].year}`] : ["year:unknown"];
  if (kind === "methods") {
    const said = [...new Set(use.facts.map((f) => f.subject).filter((s) => s !== null))];
    if (said.length) return said;
    return kg.made[paper].length ? kg.made[paper] : [kg.n + paper];
  }
  return kg.papers[paper].entities.filter((e) => kg.nodes[e].type === ROWS[kind].type);
}

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

/** The visible columns, in order, and what stands above each. */
function columns(kg, o, found) {
  const direct = new Map();
  for (const u of found) {
    if (!direct.has(u.hardware)) direct.set(u.hardware, new Set());
    direct.get(u.hardware).add(u.paper);
  }
  const support = new Map(); // closure: hardware -> papers on it or anything narrower
  const members = new Map(); // closure: hardware -> hardware with papers
  for (const [id, papers] of direct) {
    for (const a of o.cols === "flat" ? [id] : ancestors(kg, id)) {
      if (!support.has(a)) [support.set(a, new Set()), members.set(a, new Set())];
      papers.forEach((p) => support.get(a).add(p));
      members.get(a).add(id);
    }
  }
  const byVendor = o.cols === "vendor";
  if (byVendor) {
    for (const [id, papers] of direct) {
      const v = vendorOf(kg, id) ?? -1;
      if (!support.has(v)) [support.set(v, new Set()), members.set(v, new Set())];
      papers.forEach((p) => support.get(v).add(p));
      members.get(v).add(id);
    }
  }
  const size = (id) => support.get(id).size;
  const order = (x, y) => size(y) - size(x) || label(kg, x).localeCompare(label(kg, y));
  const parent = (id) => {
    if (o.cols === "flat") return null;
    if (byVendor) return direct.has(id) ? vendorOf(kg, id) ?? -1 : null;
    return kg.nodes[id].broader.find((p) => support.has(p) && !ancestors(kg, p).has(id)) ?? null;
  };
  const kids = new Map();
  const roots = [];
  for (const id of support.keys()) {
    if (byVendor && id !== -1 && kg.nodes[id].type !== "Vendor" && !direct.has(id)) continue;
    const isRoot = byVendor ? id === -1 || kg.nodes[id].type === "Vendor" : parent(id) === null;
    if (isRoot) roots.push(id);
    else {
      const up = parent(id);
      if (!kids.has(up)) kids.set(up, []);
      kids.get(up).push(id);
    }
  }
  for (const list of kids.values()) list.sort(order);
  roots.sort(order);
  const rest = (id) => {
    const inside = new Set();
    for (const kid of kids.get(id) ?? []) (byVendor ? [kid] : members.get(kid)).forEach((m) => inside.add(m));
    return [...members.get(id)].filter((m) => !inside.has(m));
  };
  const open = expansion(kg, o, roots, kids, rest, size);
  const visible = [];
  const walk = (id, path) => {
    const below = kids.get(id) ?? [];
    if (open.has(id) && below.length) {
      for (const kid of below) walk(kid, [...path, id]);
      const others = rest(id);
      if (others.length) visible.push(column(kg, id, new Set(others), [...path, id], direct, true, false));
    } else {
      const hardware = byVendor && direct.has(id) ? new Set([id]) : members.get(id);
      visible.push(column(kg, id, hardware, path, direct, false, below.length > 0));
    }
  };
  roots.forEach((id) => walk(id, []));
  return { visible, open, support };
}

function column(kg, id, hardware, path, direct, residual, expandable) {
  const papers = new Set();
  hardware.forEach((m) => direct.get(m).forEach((p) => papers.add(p)));
  return { id, key: (kg.nodes[id]?.key ?? "vendor/") + (residual ? "*" : ""), label: label(kg, id), hardware, path, residual, expandable, papers, support: papers.size };
}

export const label = (kg, id) => (typeof id === "string" ? id.replace(/^year:/, "") : id === -1 ? "no vendor" : kg.nodes[id].label);

/** Which nodes are drawn as groups: by level, or by what fits, then by what the reader opened and closed. */
function expansion(kg, o, roots, kids, rest, size) {
  const open = new Set();
  const level = { class: 1, family: 2, product: 3 }[o.cols];
  const rank = (id) => ({ class: 1, family: 2, architecture: 2, series: 2 })[kg.nodes[id].kind] ?? (kids.has(id) ? 2 : 3);
  if (level) {
    for (const [id, below] of kids) if (below.some((kid) => rank(kid) <= level)) open.add(id);
  } else if (o.cols === "auto") {
    let shown = roots.slice();
    const cost = (id) => kids.get(id).length + (rest(id).length ? 1 : 0) - 1;
    for (;;) {
      const next = shown.filter((id) => kids.has(id) && size(id) > 1 && shown.length + cost(id) <= BUDGET).sort((x, y) => size(y) - size(x))[0];
      if (next === undefined) break;
      open.add(next);
      shown = shown.filter((id) => id !== next).concat(kids.get(next));
    }
  }
  for (const key of o.opened ?? []) if (kg.byKey.has(key)) open.add(kg.byKey.get(key));
  for (const key of o.closed ?? []) open.delete(kg.byKey.get(key));
  return open;
}

const SORTS = {
  support: (x, y) => y.support - x.support || x.first - y.first || y.strong - x.strong,
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
    row.support = row.papers.size;
    row.first = Math.min(...row.cells.keys());
    row.strong = [...row.cells.values()].reduce((n, cell) => n + [...cell.values()].filter((r) => r === 0).length, 0);
    row.year = Math.max(...[...row.papers].map((p) => kg.papers[p].year ?? 0)) || null;
    row.roles = tally([...row.cells.values()].flatMap((cell) => [...cell.values()]));
  }
  const kept = all.filter((row) => row.support >= (o.min ?? 1));
  const by = o.by === undefined ? -1 : visible.findIndex((c) => c.key === o.by);
  const name = (x, y) => x.label.localeCompare(y.label, "en", { numeric: true, sensitivity: "base" });
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
