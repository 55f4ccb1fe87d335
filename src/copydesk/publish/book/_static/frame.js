// @ts-check
// A page of the book in a frame of another site, such as a learning platform: it tells how tall it is, and offers a tab
// of its own. book.js loads this there; a classic script, because modules do not load from file://.
(() => {
  "use strict";
  const texts = {
    note: "This page is part of another page. ",
    open: "Open it in a tab of its own",
    answers: " If your answers aren't there, choose Download answers here and Import answers there.",
    blocked: "No tab could be opened from here. Copy this address into a new one:",
  };

  // The message of Canvas, which others understand, too. The height is that of the content: a frame may get lower again.
  let told = 0;
  const tellHeight = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ subject: "lti.frameResize", height }, "*");
  };

  const offerTab = () => {
    const article = document.querySelector(".bd-article");
    if (!article) return;
    const link = document.createElement("a");
    link.href = location.href;
    link.target = "_blank";
    link.textContent = texts.open;
    const blocked = document.createElement("span");
    blocked.setAttribute("role", "status");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (window.open(location.href, "_blank")) return;
      const address = document.createElement("input");
      address.readOnly = true;
      address.value = location.href;
      address.setAttribute("aria-label", texts.blocked);
      blocked.replaceChildren(texts.blocked, address);
      address.select();
    });
    const note = document.createElement("p");
    note.className = "book-framed";
    const hasAnswers = document.querySelector("[data-copydesk], [data-article-view]") !== null;
    note.append(texts.note, link, ".", hasAnswers ? texts.answers : "", blocked);
    article.before(note);
  };

  // Other sites may refuse to be shown in a frame.
  const leadOutside = () => {
    for (const link of document.querySelectorAll("a[href^='http']")) {
      if (!(link instanceof HTMLAnchorElement) || link.origin === location.origin || link.target) continue;
      link.target = "_blank";
      link.rel = "noopener";
    }
  };

  const start = () => {
    document.documentElement.dataset.framed = "on";
    offerTab();
    leadOutside();
    tellHeight();
    new ResizeObserver(tellHeight).observe(document.body);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
