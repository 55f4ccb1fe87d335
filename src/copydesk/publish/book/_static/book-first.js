// @ts-check
// Before anything else of a page: the colours, so that a dark page does not flash white, and whether the browser is too
// old for the other scripts. Written so that very old browsers can read it. A classic script, as all of the book.
// biome-ignore-all lint: the JavaScript of 2009 has neither const nor arrow functions
(function () {
  "use strict";
  var root = document.documentElement;
  var css = window.CSS;
  // Chrome 105, Firefox 121, Safari 15.4; book/publishing.md names the oldest that are tested.
  if (!("hasOwn" in Object && "findLast" in Array.prototype && css.supports("selector(:has(a))"))) {
    root.setAttribute("data-too-old", "");
    document.addEventListener("DOMContentLoaded", function () {
      var note = document.querySelector(".book-too-old");
      var places = document.querySelectorAll(".copydesk-needs-script");
      if (!note) return;
      note.removeAttribute("hidden");
      for (var at = 0; at < places.length; at += 1) places[at].textContent = note.textContent;
    });
    return;
  }
  var mode = "auto";
  try {
    mode = localStorage.getItem("copydesk/colours") || "auto";
  } catch (_) {
    // Storage may be forbidden: it stays automatic.
  }
  var dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mode", mode);
  root.setAttribute("data-theme", dark ? "dark" : "light");
  root.setAttribute("data-script", "on");
})();
