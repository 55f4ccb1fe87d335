/** The session of a SCORM package, with the run-time of a platform that is not ours (scorm-again). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { frameName, packageLearner, readReport } from "../../js/base/package-frame.js";
import { durationText, findApi, readState, Session } from "../../js/scorm/session.js";
import { storageKey } from "../../js/store/page.js";
import { practiceScore } from "../../js/views/finish.js";
import { choice, choiceKey, content } from "./samples.mjs";

const { Scorm12API } = await import("../../js/node_modules/scorm-again/dist/esm/scorm12.js");
const SILENT = 5;

/** A platform that remembers what an earlier session left. */
function platform(kept = {}) {
  const api = new Scorm12API({ logLevel: SILENT });
  api.loadFromFlattenedJSON({ "cmi.core.student_id": "ada", ...kept });
  return api;
}

const value = (api, name) => api.getCMIValue(name);

test("a first launch is incomplete, and stays open for another time even if nothing more is said", () => {
  const api = platform();
  const exits = [];
  api.on("LMSSetValue.cmi.core.exit", (_, exit) => exits.push(exit));
  const session = new Session(api);
  assert.equal(session.start(), true);
  assert.equal(session.learner(), "ada");
  assert.equal(value(api, "cmi.core.lesson_status"), "incomplete");
  assert.deepEqual(exits, ["suspend"]);
  assert.equal(session.fault, "");
});

test("tasks and the practice score are reported, and all tasks complete the activity", () => {
  const api = platform();
  const session = new Session(api);
  session.start();
  assert.equal(session.report({ done: 3, of: 4 }), true);
  assert.equal(session.report({ done: 3, of: 4 }), false, "nothing new");
  assert.equal(value(api, "cmi.core.score.raw"), "", "no score before anything is checked");
  session.report({ score: 0.625 });
  assert.equal(value(api, "cmi.core.score.raw"), "63");
  assert.equal(value(api, "cmi.core.lesson_status"), "incomplete");
  session.report({ done: 4, of: 4 });
  assert.equal(value(api, "cmi.core.lesson_status"), "completed");
  assert.equal(session.fault, "");
  assert.ok(value(api, "cmi.suspend_data").length < 4096);
});

test("what a platform was told never gets less in a browser that has no answers", () => {
  const first = platform();
  const session = new Session(first);
  session.start();
  session.report({ done: 4, of: 4 });
  session.report({ score: 0.9 });
  const api = platform({
    "cmi.core.lesson_status": "completed",
    "cmi.suspend_data": value(first, "cmi.suspend_data"),
  });
  const again = new Session(api);
  again.start();
  again.report({ done: 0, of: 4 });
  again.report({ score: 0.1 });
  assert.deepEqual(again.state, { done: 4, of: 4, score: 90 });
  assert.equal(value(api, "cmi.core.lesson_status"), "completed");
});

test("more tasks in a later release do not undo what is completed, and fewer are not exceeded", () => {
  const session = new Session(platform({ "cmi.suspend_data": '{"done":9,"of":10,"score":null}' }));
  session.start();
  session.report({ done: 2, of: 6 });
  assert.deepEqual(session.state, { done: 6, of: 6, score: null });
});

test("a platform that refuses is quoted, and a session that has ended says nothing more", () => {
  const api = platform();
  const session = new Session(api, () => 0);
  session.start();
  session.set("cmi.core.lesson_status", "nonsense");
  assert.match(session.fault, /\w/);
  session.finish();
  assert.equal(session.isOpen, false);
  session.finish();
  session.commit();
  assert.equal(new Session(api).start(), false, "it cannot begin again");
});

test("a state that is none counts as nothing", () => {
  for (const text of ["", "null", "{}", '{"done":"1","of":2,"score":null}', "page=3"])
    assert.deepEqual(readState(text), { done: 0, of: 0, score: null });
});

test("durations are written as SCORM 1.2 wants them", () => {
  assert.equal(durationText(0), "0000:00:00");
  assert.equal(durationText(3_723_900), "0001:02:03");
});

test("the platform is found around the page, or around what opened it; foreign windows are passed by", () => {
  const api = {};
  const top = { API: api, opener: null };
  top.parent = top;
  const foreign = {
    parent: top,
    get API() {
      throw new DOMException("cross-origin", "SecurityError");
    },
  };
  assert.equal(findApi({ parent: foreign }), api);
  const alone = { opener: { parent: top } };
  alone.parent = alone;
  alone.top = alone;
  assert.equal(findApi(alone), api);
  const nobody = {};
  nobody.parent = nobody;
  nobody.top = nobody;
  assert.equal(findApi(nobody), null);
});

test("a page in a package keeps each learner's answers apart; any other page keeps them as ever", () => {
  const place = { course: "mariupol", release: "0.1.0", lesson: "02-attribution" };
  assert.equal(storageKey(place), "copydesk/mariupol/0.1.0/02-attribution");
  assert.equal(packageLearner("page"), null);
  assert.equal(packageLearner(frameName("")), "");
  globalThis.window = { name: frameName("1a2b") };
  try {
    assert.equal(storageKey(place), "copydesk/mariupol@1a2b/0.1.0/02-attribution");
  } finally {
    delete globalThis.window;
  }
});

test("only a report is read as one, and only its numbers", () => {
  assert.equal(readReport({ subject: "lti.frameResize", height: 3 }), null);
  assert.equal(readReport("copydesk.progress"), null);
  assert.deepEqual(readReport({ subject: "copydesk.progress", done: 1, of: "2", score: Number.NaN }), { done: 1 });
});

test("the practice score is the mean of what can be checked; what waits for a person does not count", () => {
  const at = "2026-11-22T09:00:00.000Z";
  const tasks = [
    { ...choice, id: "A", key: choiceKey(1, 0, 0, 0) },
    { ...choice, id: "B", key: choiceKey(1, 0, 0, 0) },
    { kind: "written", id: "C", title: "C", min_words: 1, key: {} },
  ];
  const finish = { ...content, tasks, required: tasks.map(({ id }) => ({ id, title: id })) };
  const picked = (option) => ({ response: { kind: "choice", chosen: [option] }, at, checked: true });
  const written = { response: { kind: "written", text: "Words." }, at, checked: true };
  assert.equal(practiceScore(finish, {}), null);
  assert.equal(practiceScore(finish, { A: picked("a"), C: written }), 0.5);
  assert.equal(practiceScore(finish, { A: picked("a"), B: picked("a"), C: written }), 1);
});
