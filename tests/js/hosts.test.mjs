/** What hosts of the widget differ in: whether somebody saves, and which calls there are. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { hasKernel, listenTo } from "../../js/store/widget-model.js";
import { FakeModel } from "./samples.mjs";

const installed = createRequire(new URL("../../js/package.json", import.meta.url));
/** The model that MyST's own theme gives a widget. */
const { MystAnyModel } = await import(pathToFileURL(installed.resolve("@myst-theme/anywidget")).href);

test("MyST's model has get, set and on; what else a widget may call throws", () => {
  const model = new MystAnyModel({ content: { view: "tasks" } });
  assert.deepEqual(model.get("content"), { view: "tasks" });
  for (const name of ["save_changes", "off", "send"])
    assert.throws(() => model[name]("change:content", () => {}), name);
  assert.throws(() => model.widget_manager);
});

test("a notebook's model has a kernel, and being asked sends nothing new", () => {
  const model = new FakeModel({ saved: { revision: 0 }, answers: { revision: 0, entries: {} } });
  assert.equal(hasKernel(model), true);
  assert.equal(model.get("answers").revision, 0);
});

test("a host without save_changes, with one that throws, or with nobody who saved has no kernel", () => {
  const { get, set, on } = FakeModel.prototype;
  assert.equal(hasKernel(Object.assign(Object.create({ get, set, on }), { values: { saved: {} } })), false);
  assert.equal(hasKernel(new MystAnyModel({ saved: { revision: 3 } })), false);
  assert.equal(hasKernel(new FakeModel({ content: {} })), false);
});

test("a listener hears nothing after its end, also where the host cannot take it away", () => {
  for (const Model of [FakeModel, MystAnyModel]) {
    const model = new Model({});
    const control = new AbortController();
    let heard = 0;
    listenTo(model, "change:content", () => (heard += 1), control.signal);
    model.set("content", 1);
    control.abort();
    model.set("content", 2);
    assert.equal(heard, 1);
  }
});
