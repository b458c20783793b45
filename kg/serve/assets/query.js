// The query page: YASGUI over this server's endpoint, with the questions that we know as examples.
"use strict";

const offered = JSON.parse(document.getElementById("offered").textContent);
const { Yasqe, Yasr } = window;
const endpoint = new URL("/sparql", location.href).href;

// prefixes and terms come from here; YASGUI would ask prefix.cc and LOV
Yasqe.defaults.prefixCcApi = new URL("/query/prefixes", location.href).href;
Yasqe.forkAutocompleter("class", { name: "class-here", bulk: true, get: async () => offered.classes, persistenceId: null });
Yasqe.forkAutocompleter("property", { name: "property-here", bulk: true, get: async () => offered.properties, persistenceId: null });
Yasqe.defaults.autocompleters = ["prefixes", "variables", "class-here", "property-here"];

const first = offered.examples.find((e) => e.name === "methods-by-hardware") ?? offered.examples[0];
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  persistenceId: "kg-query",
  copyEndpointOnNewTab: false,
  requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  yasqe: { value: first ? first.query : "SELECT * WHERE {\n  ?s ?p ?o\n} LIMIT 10\n" },
  yasr: { prefixes: offered.prefixes },
});

// what the answer's headers say is said on the page
const notice = document.getElementById("notice");
const heard = new WeakSet();
function tell(_, response) {
  const said = ["Kg-Truncated", "Kg-Hint"].map((name) => response.headers?.get(name)).filter(Boolean);
  notice.textContent = said.join(" ");
  notice.hidden = said.length === 0;
}
yasgui.on("query", (_, tab) => {
  const editor = tab.getYasqe();
  if (!heard.has(editor)) editor.on("queryResponse", tell);
  heard.add(editor);
});

// IRIs of ours are shown by this server, whatever their base
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.iri");
  const iri = link?.getAttribute("href") ?? "";
  if (!iri.startsWith(offered.base)) return;
  event.preventDefault();
  open(`/${iri.slice(offered.base.length)}`, "_blank", "noopener");
}, true);

const select = document.getElementById("examples");
const groups = new Map();
offered.examples.forEach((example, i) => {
  if (!groups.has(example.group)) {
    const group = document.createElement("optgroup");
    group.label = example.group;
    groups.set(example.group, select.appendChild(group));
  }
  groups.get(example.group).append(new Option(example.title, i));
});
select.addEventListener("change", () => {
  const example = offered.examples[select.value];
  if (example) yasgui.getTab().setQuery(example.query);
});
document.documentElement.dataset.ready = "yes";
