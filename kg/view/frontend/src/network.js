// Beside pyvis' own script: colours of the theme, and what a node is joined to, as text. `network`, `nodes` and `edges` are pyvis'.
(() => {
  const labels = JSON.parse(document.getElementById("relations").textContent);
  const style = getComputedStyle(document.documentElement);
  const [ink, ground] = [style.getPropertyValue("--ink").trim(), style.getPropertyValue("--bg").trim()];
  for (const mark of document.querySelectorAll("[data-colour]")) mark.style.setProperty("--c", mark.dataset.colour);
  const { network, nodes, edges } = globalThis;
  network.setOptions({ nodes: { font: { color: ink, strokeColor: ground } } });
  network.fit();
  const full = edges.get().map((edge) => ({ ...edge }));
  const about = document.getElementById("about");
  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const says = (relation) => ({ broader: "is a kind of", made_by: "is made by", part_of: "is part of" })[relation] ?? labels[relation];
  const papers = (n) => (n ? `, ${n} ${n === 1 ? "paper" : "papers"}` : "");

  function show(id) {
    const joined = full.filter((edge) => edge.from === id || edge.to === id);
    const near = new Set([id, ...joined.flatMap((edge) => [edge.from, edge.to])]);
    nodes.update(nodes.get().map((node) => ({ id: node.id, opacity: near.has(node.id) ? 1 : 0.12, font: { color: near.has(node.id) ? ink : "rgba(128,128,128,0.25)", strokeColor: ground } })));
    const node = nodes.get(id);
    const link = line("a", "Open in the explorer");
    const [kind, ...rest] = id.split("/");
    link.href = `index.html#/${kind === "paper" ? "paper" : `entity/${kind}`}/${rest.map(encodeURIComponent).join("/")}`;
    const list = document.createElement("ul");
    for (const edge of joined.slice(0, 40)) {
      const other = nodes.get(edge.from === id ? edge.to : edge.from);
      list.append(line("li", (edge.from === id ? `${says(edge.relation)} ${other.full}` : `${other.full} ${says(edge.relation)} it`) + papers(edge.papers)));
    }
    if (joined.length > 40) list.append(line("li", `and ${joined.length - 40} more`));
    about.replaceChildren(line("h2", node.full), line("p", node.kind + papers(node.papers)), list, link);
    about.hidden = false;
  }

  function rest() {
    nodes.update(nodes.get().map((node) => ({ id: node.id, opacity: 1, font: { color: ink, strokeColor: ground } })));
    about.hidden = true;
  }
  network.on("click", (event) => (event.nodes.length ? show(event.nodes[0]) : rest()));
  globalThis.showNode = show;
  document.documentElement.dataset.ready = "true";
})();
