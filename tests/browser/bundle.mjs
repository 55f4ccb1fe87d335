// Bundles a module of this folder with what it takes from js/node_modules, and writes the script to standard output.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const { build } = createRequire(new URL("../../js/package.json", import.meta.url))("esbuild");
const nodePaths = [fileURLToPath(new URL("../../js/node_modules", import.meta.url))];
const define = { "process.env.NODE_ENV": '"production"' };
const { outputFiles } = await build({
  entryPoints: [process.argv[2]],
  bundle: true,
  format: "esm",
  nodePaths,
  define,
  write: false,
});
process.stdout.write(outputFiles[0].contents);
