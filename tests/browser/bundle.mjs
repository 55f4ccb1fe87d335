/** Bundles a module of this folder, with what it takes from js/node_modules, into one file: `node bundle.mjs FROM TO`. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const { build } = createRequire(new URL("../../js/package.json", import.meta.url))("esbuild");
const [entry, outfile] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: "esm",
  define: { "process.env.NODE_ENV": '"production"' },
  nodePaths: [fileURLToPath(new URL("../../js/node_modules", import.meta.url))],
  logLevel: "warning",
});
