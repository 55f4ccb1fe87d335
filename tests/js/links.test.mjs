// The links of the publishing page, held against what nbgitpuller and BinderHub document.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const page = createContext({ URL, URLSearchParams });
runInContext(readFileSync(new URL("../../book/_static/links.js", import.meta.url), "utf8"), page);
const { hubLink, binderLink } = page;
const wanted = {
  server: "https://hub.example.org",
  repository: "https://github.com/data-8/materials-fa17",
  branch: "gh-pages",
  file: "lab01.ipynb",
};

test("a hub's link is what nbgitpuller documents", () => {
  const link =
    "https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fdata-8%2Fmaterials-fa17&urlpath=lab%2Ftree%2Fmaterials-fa17%2Flab01.ipynb&branch=gh-pages";
  assert.equal(hubLink(wanted), link);
  assert.equal(
    hubLink({
      ...wanted,
      server: " https://hub.example.org/ ",
      repository: `${wanted.repository}.git`,
      file: "/lab01.ipynb",
    }),
    link.replace("fa17&", "fa17.git&"),
  );
});

test("a hub's link keeps what needs escaping, and leaves out an empty branch", () => {
  const made = new URL(
    hubLink({ ...wanted, server: "https://example.org/a/hub", branch: " ", file: "Übung & mehr/02 a?b#c.ipynb" }),
  );
  assert.equal(made.pathname, "/a/hub/hub/user-redirect/git-pull");
  assert.deepEqual(Object.fromEntries(made.searchParams), {
    repo: wanted.repository,
    urlpath: "lab/tree/materials-fa17/Übung & mehr/02 a?b#c.ipynb",
  });
});

test("a link for Binder names the provider, the repository and the branch", () => {
  const server = "https://mybinder.org";
  assert.equal(
    binderLink({ ...wanted, server, file: "my-work" }),
    "https://mybinder.org/v2/gh/data-8/materials-fa17/gh-pages?urlpath=lab%2Ftree%2Fmy-work",
  );
  assert.match(
    binderLink({ ...wanted, server, repository: "https://gitlab.com/a/b/c.git" }),
    /\/v2\/gl\/a%2Fb%2Fc\/gh-pages\?/,
  );
  assert.match(
    binderLink({ ...wanted, server, repository: "https://git.example.org/a/b", branch: "" }),
    /\/v2\/git\/https%3A%2F%2Fgit\.example\.org%2Fa%2Fb\/HEAD\?/,
  );
  assert.match(binderLink({ ...wanted, server, branch: "feature/x" }), /\/materials-fa17\/feature%2Fx\?/);
});
