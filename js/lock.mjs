// Takes the addresses out of package-lock.json: versions and hashes say what is installed, npm's settings say from where.
// npm leaves out where it fetched a package because .npmrc says so; what is left is where its makers ask for money.

import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("package-lock.json", import.meta.url);

const lock = JSON.parse(readFileSync(FILE, "utf-8"));
for (const [name, entry] of Object.entries(lock.packages)) {
  delete entry.funding;
  if (name && !entry.integrity) {
    console.error(`${name} has no hash. Delete js/node_modules and js/package-lock.json, and run this again.`);
    process.exitCode = 1;
  }
}
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
