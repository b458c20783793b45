// Search over everything, tolerant of typing errors: words of the query are first mended against the words that exist.
import { clear, h } from "./dom.js";
import { route } from "./kg.js";
import { go } from "./state.js";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const tight = (text) => words(text).join("");

/** Edits (insert, delete, replace, swap) between two words, or more than `most`. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [null, Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let d = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
      row.push(d);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

let index = null;
const [items, vocabulary] = [[], new Set()]; // of the nodes so far
function build(kg, going = () => true) {
  while (items.length < kg.nodes.length && going()) {
    const node = kg.nodes[items.length];
    const names = [node.label, ...(node.aliases ?? [])].map((n) => ({ text: n, words: words(n), tight: tight(n) }));
    items.push({ node, names, support: node.type === "Paper" ? 0 : node.support });
    for (const name of names) for (const word of name.words) vocabulary.add(word);
  }
  if (items.length === kg.nodes.length) index = { items, vocabulary: [...vocabulary] };
}

/** Index the names while the page has nothing else to do, so that the first letter finds them ready. */
export function prepare(kg) {
  if (!index) globalThis.requestIdleCallback?.((deadline) => (build(kg, () => deadline.timeRemaining() > 1), prepare(kg)));
}

/** The best nodes for a query: [{node, via}], and the words that were mended. */
export function find(kg, query, most = 12) {
  if (!index) build(kg);
  const asked = words(query);
  if (!asked.length) return { hits: [], mended: [] };
  let hits = rank(asked);
  const mended = [];
  if (hits.length < 3) {
    const better = asked.map((word) => {
      if (word.length < 4 || index.vocabulary.some((v) => v.startsWith(word))) return word;
      const limit = word.length > 6 ? 2 : 1;
      let best = [word, limit + 1];
      for (const v of index.vocabulary) {
        // A word still being typed is compared with the beginning of longer ones too.
        const d = Math.min(distance(word, v, limit), v.length > word.length + limit ? distance(word, v.slice(0, word.length), limit) + 0.5 : 9);
        if (d < best[1]) best = [v, d];
      }
      if (best[0] !== word) mended.push([word, best[0]]);
      return best[0];
    });
    if (mended.length) hits = [...hits, ...rank(better)];
  }
  const seen = new Set();
  return { hits: hits.filter((hit) => !seen.has(hit.node) && seen.add(hit.node)).slice(0, most), mended, total: hits.length };
}

function rank(asked) {
  const whole = asked.join("");
  const hits = [];
  for (const { node, names, support } of index.items) {
    let best = 0;
    let via = null;
    for (const name of names) {
      const score = name.tight === whole ? 100 : name.tight.startsWith(whole) ? 70
        : asked.every((q) => name.words.some((w) => w.startsWith(q))) ? 50 : name.tight.includes(whole) && whole.length > 2 ? 30 : 0;
      if (score > best) [best, via] = [score, name.text];
    }
    if (best) hits.push({ node, via, score: best + Math.min(19, Math.log2(1 + support) * 3) - (node.type === "Paper" ? 10 : 0) });
  }
  return hits.sort((x, y) => y.score - x.score || x.node.label.localeCompare(y.node.label));
}

/** The field in the header: a combobox with a list below it. */
export function attach(kg, field, box) {
  let hits = [];
  let at = -1;
  const close = () => {
    box.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const pick = (i) => {
    if (!hits[i]) return;
    field.value = "";
    close();
    go(route(hits[i].node));
  };
  const mark = (i) => {
    at = (i + hits.length) % hits.length;
    [...box.querySelectorAll("[role=option]")].forEach((o, k) => o.setAttribute("aria-selected", String(k === at)));
    field.setAttribute("aria-activedescendant", `hit-${at}`);
    document.getElementById(`hit-${at}`)?.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    const { hits: found, mended, total } = find(kg, field.value);
    hits = found;
    if (!field.value.trim()) return close();
    box.hidden = false;
    field.setAttribute("aria-expanded", "true");
    at = -1;
    clear(box,
      hits.map(({ node, via }, i) => h("div", { role: "option", id: `hit-${i}`, "aria-selected": "false", onmousedown: (e) => (e.preventDefault(), pick(i)) },
        h("span", { class: `dotmark t-${kg.type[node.type].slug}`, "aria-hidden": "true" }), h("span", { class: "name" }, node.label),
        h("small", {}, via && via !== node.label ? `“${via}” · ` : "", node.type, node.type === "Paper" ? (node.year ? ` ${node.year}` : "") : node.support ? ` · ${node.support}` : ""))),
      h("p", { class: "hint" }, mended.length ? `Showing ${mended.map(([a, b]) => `“${b}” for “${a}”`).join(", ")}. ` : "", hits.length ? (total > hits.length ? `${total - hits.length} more: type on to narrow.` : "") : "Nothing by that name."));
    return undefined;
  };
  field.addEventListener("input", open);
  field.addEventListener("focus", () => field.value && open());
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (e) => {
    if (e.key === "Escape") (field.value = ""), close();
    else if (e.key === "ArrowDown" && hits.length) e.preventDefault(), mark(at + 1);
    else if (e.key === "ArrowUp" && hits.length) e.preventDefault(), mark(at - 1);
    else if (e.key === "Enter") e.preventDefault(), pick(Math.max(0, at));
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "/" || e.ctrlKey || e.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) return;
    e.preventDefault();
    field.focus();
  });
}
