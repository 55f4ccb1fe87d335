// @ts-check
// The form that makes links for a JupyterHub and for Binder. A classic script, because modules do not load from file://.
(() => {
  "use strict";

  /** @typedef {{server: string, repository: string, branch: string, file: string}} Wanted */

  /** @param {string} text */
  const trimSlashes = (text) => text.trim().replace(/^\/+|\/+$/g, "");

  /** @param {string} repository */
  const folderOf = (repository) =>
    decodeURIComponent(trimSlashes(new URL(repository).pathname).split("/").pop() ?? "").replace(/\.git$/, "");

  /**
   * A link for a JupyterHub that has nbgitpuller: it fetches a repository into the learner's home, and opens a file of it.
   *
   * @param {Wanted} wanted
   */
  function hubLink({ server, repository, branch, file }) {
    const query = new URLSearchParams({
      repo: repository.trim(),
      urlpath: ["lab/tree", folderOf(repository), trimSlashes(file)].filter(Boolean).join("/"),
    });
    if (branch.trim()) query.set("branch", branch.trim());
    return `${server.trim().replace(/\/+$/, "")}/hub/user-redirect/git-pull?${query}`;
  }

  /**
   * A link for a BinderHub: it makes a container of a repository that holds our Dockerfile, and opens a file in it.
   *
   * @param {Wanted} wanted
   */
  function binderLink({ server, repository, branch, file }) {
    const { host, pathname } = new URL(repository);
    const name = trimSlashes(pathname).replace(/\.git$/, "");
    const place =
      host === "github.com"
        ? `gh/${name}`
        : host === "gitlab.com"
          ? `gl/${encodeURIComponent(name)}`
          : `git/${encodeURIComponent(repository.trim())}`;
    const query = new URLSearchParams({ urlpath: `lab/tree/${trimSlashes(file)}` });
    return `${server.trim().replace(/\/+$/, "")}/v2/${place}/${encodeURIComponent(branch.trim() || "HEAD")}?${query}`;
  }

  /** @param {string} text */
  const isAddress = (text) => {
    try {
      return /^https?:$/.test(new URL(text.trim()).protocol);
    } catch {
      return false;
    }
  };

  /** @param {HTMLElement} place */
  function start(place) {
    const form = /** @type {HTMLFormElement} */ (place.querySelector("form"));
    const result = /** @type {HTMLElement} */ (place.querySelector("output"));
    const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    const said = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (document.getElementById(`links-${name}-fault`));

    form.addEventListener("change", ({ target }) => {
      const changed = /** @type {HTMLInputElement} */ (target);
      const proposal = changed.name === "kind" ? changed.dataset.server : undefined;
      if (proposal !== undefined && !form.dataset.typed) field("server").value = proposal;
      if (changed.name === "server") form.dataset.typed = changed.value;
    });

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wrong = ["server", "repository"].filter((name) => {
        const fault = isAddress(field(name).value) ? "" : "Write a whole address that begins with https://";
        said(name).textContent = fault;
        field(name).setAttribute("aria-invalid", String(Boolean(fault)));
        return fault;
      });
      result.replaceChildren();
      if (wrong.length) {
        field(wrong[0]).focus();
        return;
      }
      const make = field("kind").value === "binder" ? binderLink : hubLink;
      const address = make({
        server: field("server").value,
        repository: field("repository").value,
        branch: field("branch").value,
        file: field("file").value,
      });
      const link = document.createElement("a");
      link.href = link.textContent = address;
      result.append("Your link: ", link);
    });
    form.hidden = false;
  }

  if (typeof document === "undefined")
    Object.assign(globalThis, { hubLink, binderLink }); // its test
  else for (const place of document.querySelectorAll(".book-links")) start(/** @type {HTMLElement} */ (place));
})();
