// Oxigraph in the page: a bundle of its own, so that pages without SPARQL do not carry it.
import init, { Store } from "oxigraph/web.js";
import { bytesOf } from "./kg.js";

const bytes = async (id) => {
  const packed = bytesOf(document.getElementById(id).textContent);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** Starts the engine over the embedded Turtle; gives query(text) -> {columns, rows of terms} or {answer}. */
globalThis.kgSparql = async () => {
  await init({ module_or_path: await bytes("kg-wasm") });
  const store = new Store();
  store.load(await bytes("kg-rdf"), { format: "text/turtle", no_transaction: true, lenient: true });
  return {
    size: store.size,
    query(text) {
      const found = store.query(text);
      if (typeof found === "boolean") return { answer: found };
      if (!Array.isArray(found)) return { text: String(found) };
      if (found.length && !(found[0] instanceof Map)) {
        return { columns: ["subject", "predicate", "object"], rows: found.map((q) => [q.subject, q.predicate, q.object]) };
      }
      const columns = [...new Set(found.flatMap((row) => [...row.keys()]))];
      return { columns, rows: found.map((row) => columns.map((c) => row.get(c))) };
    },
  };
};
