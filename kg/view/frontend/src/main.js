// Boot and router: one view for each first part of the hash.
import * as browse from "./browse.js";
import { clear, h } from "./dom.js";
import * as entity from "./entity.js";
import { load, Missing } from "./kg.js";
import * as matrix from "./matrix.js";
import * as network from "./network-view.js";
import * as paper from "./paper.js";
import * as results from "./results.js";
import * as search from "./search.js";
import * as sparql from "./sparql.js";
import { parse } from "./state.js";

const VIEWS = { matrix, entity, paper, results, browse, sparql, network };
const TITLES = { matrix: "Which methods target which hardware", results: "Results", browse: "Everything found", sparql: "SPARQL", network: "Network" };

function typeRules(kg) {
  const root = document.documentElement.style;
  for (const t of kg.types) root.setProperty(`--t-${t.slug}`, t.colour);
  kg.roles.forEach((r, i) => root.setProperty(`--role-${i}`, r.colour));
}

function theme() {
  const button = document.getElementById("theme");
  const stored = (() => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  })();
  if (stored) document.documentElement.dataset.theme = stored;
  const dark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => button.setAttribute("aria-label", dark() ? "Light colours" : "Dark colours");
  label();
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    label();
    try {
      localStorage.setItem("theme", document.documentElement.dataset.theme);
    } catch {
      // A page from a file may not store; the choice then lasts as long as the page.
    }
  });
}

async function start() {
  const main = document.getElementById("main");
  const kg = await load();
  typeRules(kg);
  theme();
  search.attach(kg, document.getElementById("search"), document.getElementById("hits"));
  let last = null;
  const render = async () => {
    const where = parse();
    const view = VIEWS[where.view] ? where.view : "matrix";
    const moved = last !== null && last !== `${view}/${where.rest}`;
    last = `${view}/${where.rest}`;
    if (main.dataset.view && main.dataset.view !== view) {
      delete main.dataset.view;
      network.leave();
    }
    await VIEWS[view].show(kg, main, where);
    document.querySelectorAll("#views a").forEach((a) => {
      if (a.dataset.view === view) a.setAttribute("aria-current", "page");
      else a.removeAttribute("aria-current");
    });
    document.body.dataset.view = view;
    dispatchEvent(new Event("rendered"));
    const heading = main.querySelector("h1");
    document.title = `${TITLES[view] ?? heading?.textContent ?? "Explorer"} · ${kg.name}`;
    if (moved) {
      scrollTo(0, 0);
      if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
    }
  };
  addEventListener("hashchange", render);
  await render();
  document.documentElement.dataset.ready = "true";
  search.prepare(kg);
}

// Whatever was asked for needs words that are not there: say where they should be, and leave the rest as it is.
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Missing)) return;
  event.preventDefault();
  document.querySelectorAll(".absent").forEach((node) => node.remove());
  document.getElementById("main").prepend(h("div", { class: "empty absent", role: "alert" }, h("p", {}, event.reason.message)));
});

start().catch((error) => {
  clear(document.getElementById("main"), h("div", { class: "empty" }, h("h2", {}, "This page could not read its data"), h("p", {}, String(error))));
  throw error;
});
