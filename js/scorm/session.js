// @ts-check
/**
 * A session with a learning platform by SCORM 1.2: status, score, where the learner was, how long it took. Nothing that
 * the platform was once told gets less: a learner may go on in a browser that has no answers.
 */

/**
 * What a platform offers a page: every call takes and gives strings.
 * @typedef {{LMSInitialize: (empty: "") => string, LMSFinish: (empty: "") => string, LMSGetValue: (name: string) => string, LMSSetValue: (name: string, value: string) => string, LMSCommit: (empty: "") => string, LMSGetLastError: () => string, LMSGetErrorString: (code: string) => string}} Api
 * @typedef {{done: number, of: number, score: number|null}} State score: from 0 to 100
 */

const MOST_FRAMES = 50;
const DONE = new Set(["completed", "passed"]);

/**
 * The platform's API: of a window around this one, or around the one that opened it.
 *
 * @param {any} start the window of the package
 * @returns {Api|null}
 */
export function findApi(start) {
  return apiAround(start) ?? apiAround(attempt(() => start.opener)) ?? apiAround(attempt(() => start.top.opener));
}

/**
 * @param {any} start
 * @returns {Api|null}
 */
function apiAround(start) {
  let frame = start;
  for (let count = 0; frame && count < MOST_FRAMES; count += 1) {
    const here = frame;
    const api = attempt(() => here.API);
    if (api) return api;
    if (here.parent === here) return null;
    frame = here.parent;
  }
  return null;
}

/**
 * What an action gives; null where a window of another site forbids it.
 *
 * @param {() => any} action
 */
function attempt(action) {
  try {
    return action() ?? null;
  } catch {
    return null;
  }
}

/**
 * A duration as SCORM 1.2 writes it, for example 0001:02:03.
 *
 * @param {number} milliseconds
 */
export function durationText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const hours = String(Math.min(9999, Math.floor(seconds / 3600))).padStart(4, "0");
  return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * The state that a platform has kept; nothing where it has none, or what is no state.
 *
 * @param {string} text
 * @returns {State}
 */
export function readState(text) {
  try {
    const { done, of, score } = JSON.parse(text);
    if (Number.isInteger(done) && Number.isInteger(of) && (score === null || Number.isFinite(score)))
      return { done, of, score };
  } catch {
    // Nothing was kept yet.
  }
  return { done: 0, of: 0, score: null };
}

/** From LMSInitialize to LMSFinish. */
export class Session {
  /**
   * @param {Api} api
   * @param {() => number} [now] in milliseconds
   */
  constructor(api, now = Date.now) {
    this.api = api;
    this.now = now;
    this.began = now();
    this.isOpen = false;
    this.isDone = false;
    /** What the platform said when it refused something of the last report; empty where it took everything. */
    this.fault = "";
    /** @type {State} */
    this.state = readState("");
  }

  /** Begin; return whether the platform agreed. */
  start() {
    this.isOpen = this.took(this.api.LMSInitialize(""));
    if (!this.isOpen) return false;
    this.isDone = DONE.has(this.get("cmi.core.lesson_status"));
    this.state = readState(this.get("cmi.suspend_data"));
    if (!this.isDone) this.set("cmi.core.lesson_status", "incomplete");
    this.set("cmi.core.exit", "suspend"); // said now, because a browser that is ended says nothing more
    this.commit();
    return true;
  }

  learner() {
    return this.isOpen ? this.get("cmi.core.student_id") : "";
  }

  place() {
    return this.isOpen ? this.get("cmi.core.lesson_location") : "";
  }

  /** @param {string} place the page that the learner is on */
  goTo(place) {
    this.set("cmi.core.lesson_location", place);
  }

  /**
   * Take in what a page says; return whether anything is new.
   *
   * @param {Partial<{done: number, of: number, score: number}>} report score: from 0 to 1
   */
  report({ done, of, score }) {
    const before = this.state;
    const state = { ...before };
    if (done !== undefined && of !== undefined)
      Object.assign(state, { done: Math.min(of, Math.max(done, state.done)), of });
    if (score !== undefined) state.score = Math.max(Math.round(score * 100), state.score ?? 0);
    if (JSON.stringify(state) === JSON.stringify(before)) return false;
    this.state = state;
    this.fault = "";
    this.isDone ||= state.of > 0 && state.done >= state.of;
    if (state.score !== null) {
      this.set("cmi.core.score.min", "0");
      this.set("cmi.core.score.max", "100");
      this.set("cmi.core.score.raw", String(state.score));
    }
    if (this.isDone) this.set("cmi.core.lesson_status", "completed");
    this.set("cmi.suspend_data", JSON.stringify(state));
    return true;
  }

  commit() {
    if (this.isOpen) this.took(this.api.LMSCommit(""));
  }

  finish() {
    if (!this.isOpen) return;
    this.set("cmi.core.session_time", durationText(this.now() - this.began));
    this.took(this.api.LMSFinish(""));
    this.isOpen = false;
  }

  /** @param {string} name */
  get(name) {
    return String(this.api.LMSGetValue(name) ?? "");
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    if (this.isOpen) this.took(this.api.LMSSetValue(name, value));
  }

  /**
   * Note what the platform says of a call.
   *
   * @param {unknown} reply
   */
  took(reply) {
    const isTaken = String(reply) === "true";
    if (!isTaken) this.fault ||= this.api.LMSGetErrorString(String(this.api.LMSGetLastError())) || "?";
    return isTaken;
  }
}
