// @ts-check
/**
 * The frame of a SCORM package: it holds the session with the platform, while the pages of a lesson come and go inside
 * it. A page that is left would end the session.
 */
import { frameName, readReport } from "../base/package-frame.js";
import { findApi, Session } from "./session.js";
import style from "./shell.css";

/** How long the frame waits for more before it sends: a platform answers each time. */
const PATIENCE_MILLISECONDS = 1000;

/**
 * A short number for a learner (FNV-1a): no name is kept in the browser.
 *
 * @param {string} learner
 */
function fingerprint(learner) {
  let value = 2166136261;
  for (const sign of learner) value = Math.imul(value ^ (sign.codePointAt(0) ?? 0), 16777619) >>> 0;
  return learner ? value.toString(16) : "";
}

/** @param {Document} page */
function start(page) {
  const status = /** @type {HTMLElement} */ (page.querySelector("[role=status]"));
  const links = [...page.querySelectorAll("nav a")].map((link) => /** @type {HTMLAnchorElement} */ (link));
  const { words } = status.dataset;
  /** @type {Record<string, string>} */
  const texts = JSON.parse(words ?? "{}");
  const api = findApi(window);
  const session = api ? new Session(api) : null;
  const isOpen = session?.start() ?? false;
  const frame = page.createElement("iframe"); // made here, because a frame takes its name once
  frame.name = frameName(fingerprint(session?.learner() ?? ""));
  frame.title = page.title;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let waiting;

  function tell() {
    const { done, of, score } = session?.state ?? { done: 0, of: 0, score: null };
    const text = !isOpen
      ? texts.alone
      : session?.fault
        ? texts.refused
        : !of
          ? texts.opened
          : score === null
            ? texts.sent
            : texts.sent_with_score;
    const values = { done, of, score: score ?? "", why: session?.fault ?? "" };
    const said = text.replace(/\{(\w+)\}/g, (_, name) => String(values[/** @type {keyof typeof values} */ (name)]));
    if (status.textContent !== said) status.textContent = said;
    status.dataset.state = isOpen && !session?.fault ? "sent" : "problem";
  }

  function send() {
    clearTimeout(waiting);
    waiting = undefined;
    session?.commit();
    tell();
  }

  const sendSoon = () => {
    waiting ??= setTimeout(send, PATIENCE_MILLISECONDS);
  };

  window.addEventListener("message", ({ source, data }) => {
    const report = source === frame.contentWindow ? readReport(data) : null;
    if (report && session?.report(report)) sendSoon();
  });
  frame.addEventListener("load", () => {
    const shown = frame.contentDocument?.location.pathname ?? ""; // on a disk each page is on its own
    for (const link of links) {
      if (new URL(link.href).pathname !== shown) {
        link.removeAttribute("aria-current");
        continue;
      }
      link.setAttribute("aria-current", "page");
      session?.goTo(link.getAttribute("href") ?? "");
      sendSoon();
    }
  });
  page.addEventListener("visibilitychange", () => {
    if (page.visibilityState === "hidden" && waiting) send();
  });
  window.addEventListener("pagehide", () => session?.finish());
  // A browser may bring a page back as it was left, but its session is over.
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

  for (const link of links) link.target = frame.name;
  const place = session?.place();
  const first = links.find((link) => link.getAttribute("href") === place) ?? links[0];
  frame.src = first.href;
  page.querySelector("main")?.append(frame);
  tell();
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets.push(sheet);
start(document);
