/** Whether a page may claim that a file was saved: what its frames show of what they allow. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { surelySaves } from "../../js/store/download.js";

/** A window: in a frame of `parent` with a sandbox, or at the top. */
function view({
  parent,
  sandbox,
  isForeign = false,
  origin = "https://school.example",
  protocol = "https:",
  opener = null,
}) {
  const element = {
    hasAttribute: () => sandbox !== undefined,
    sandbox: { contains: (token) => sandbox.split(" ").includes(token) },
  };
  const made = { origin, location: { protocol }, opener, frameElement: parent && !isForeign ? element : null };
  made.parent = parent ?? made;
  return made;
}

test("a page of its own may save, also from a disk", () => {
  assert.equal(surelySaves(view({})), true);
  assert.equal(surelySaves(view({ origin: "null", protocol: "file:" })), true);
  assert.equal(surelySaves(view({ origin: "null" })), false, "a sandbox came with the page");
});

test("frames of the same site show what they allow, each of them", () => {
  const top = view({});
  assert.equal(surelySaves(view({ parent: top })), true);
  assert.equal(surelySaves(view({ parent: top, sandbox: "allow-scripts allow-downloads" })), true);
  const strict = view({ parent: top, sandbox: "allow-scripts" });
  assert.equal(surelySaves(strict), false);
  assert.equal(surelySaves(view({ parent: strict })), false);
});

test("of a frame of another site nothing is known, nor of a tab that was opened from one", () => {
  const framed = view({ parent: view({}), isForeign: true });
  assert.equal(surelySaves(framed), false);
  assert.equal(surelySaves(view({ opener: framed })), false);
  assert.equal(surelySaves(view({ opener: view({}) })), true);
});
