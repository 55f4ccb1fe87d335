/** The scripts of the tasks and views, each with its path below js/. Those of lab/ get their texts from the server. */
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../js/", import.meta.url);
const paths = readdirSync(folder, { recursive: true }).map((path) => path.replaceAll("\\", "/"));

/** @type {[string, string][]} path and text */
export const sources = paths
  .filter((path) => path.endsWith(".js") && !/^(node_modules|lab)\//.test(path))
  .sort()
  .map((path) => [path, readFileSync(new URL(path, folder), "utf8")]);
