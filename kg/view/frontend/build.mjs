// Bundles src/ into ../assets and notes what it was built from, so that a test can say when the assets are stale.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const common = { bundle: true, minify: true, charset: "utf8", target: ["es2022"], legalComments: "none", logLevel: "warning" };

await build({ ...common, entryPoints: ["src/main.js"], outfile: "../assets/explorer.js", format: "iife" });
await build({ ...common, entryPoints: ["src/sparql-engine.js"], outfile: "../assets/sparql.js", format: "iife", define: { "import.meta.url": '"about:blank"' } });
writeFileSync("../assets/oxigraph.wasm.gz", gzipSync(readFileSync("node_modules/oxigraph/web_bg.wasm"), { level: 9 }));
await build({ ...common, entryPoints: ["src/webgl.js"], outfile: "../assets/webgl.js", format: "iife" });
await build({ ...common, entryPoints: ["src/network.js"], outfile: "../assets/network.js", format: "iife" });
await build({ ...common, entryPoints: ["src/network.css"], outfile: "../assets/network.css" });
await build({ ...common, entryPoints: ["src/explorer.css"], outfile: "../assets/explorer.css" });

// Whose work is in the bundles, with the notices that their licences ask for.
const notices = ["sigma", "graphology", "graphology-utils", "events", "oxigraph"].map((name) => {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const file = readdirSync(`node_modules/${name}`).find((f) => /^licen[cs]e/i.test(f));
  const text = file ? readFileSync(`node_modules/${name}/${file}`, "utf8").trim() : `Licence: ${about.license}`;
  return `${name} ${about.version}\n${"-".repeat(40)}\n${text}\n`;
});
writeFileSync("../assets/NOTICE.txt", notices.join("\n"));

const hash = createHash("sha256");
for (const file of [...readdirSync("src").sort().map((f) => `src/${f}`), "package.json"]) {
  hash.update(file + "\n").update(readFileSync(file));
}
writeFileSync("../assets/built-from.txt", hash.digest("hex") + "\n");
