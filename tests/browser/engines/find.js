// Finds elements the way Playwright's locators do: by selector, role and name, label, or text, one step after the other.
// `page.py` sends it with each question; it needs nothing that a page has.
const ROLES = {
  alertdialog: "[role=alertdialog]",
  button: "button:not([role]), [role=button], input:is([type=button], [type=submit])",
  checkbox: "input[type=checkbox]",
  combobox: "select",
  dialog: "dialog:not([role]), [role=dialog]",
  group: "fieldset, [role=group]",
  heading: "h1, h2, h3, h4, h5, h6, [role=heading]",
  link: "a[href]",
  list: "ol, ul, [role=list]",
  listbox: "[role=listbox]",
  listitem: "li, [role=listitem]",
  navigation: "nav, [role=navigation]",
  option: "[role=option]",
  radio: "input[type=radio]",
  searchbox: "input[type=search]",
  textbox: "textarea, input:is([type=text], :not([type])), [role=textbox]",
};
const LABELLED = "input, select, textarea, [aria-label], [aria-labelledby]";
const spaced = (text) => text.replace(/\s+/g, " ").trim();
const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });

function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.ariaHidden === "true" || node.hidden) return "";
  return [...node.childNodes].map(words).join("");
}

function labelOf(element) {
  const labelledBy = element.getAttribute("aria-labelledby");
  const byIds = (labelledBy ?? "").split(/\s+/).map((id) => id && element.getRootNode().getElementById(id));
  const labels = [...(element.labels ?? [])];
  const name = labelledBy && byIds.filter(Boolean).map(words).join(" ");
  return name || element.getAttribute("aria-label") || labels.map(words).join(" ");
}

function nameOf(element) {
  const legend = element.querySelector(":scope > legend");
  const name = labelOf(element) || (legend && words(legend)) || words(element) || element.title || element.placeholder;
  return spaced(name || "");
}

function matches(text, wanted) {
  if (wanted === null || wanted === undefined) return true;
  if (wanted.pattern !== undefined) return new RegExp(wanted.pattern, wanted.flags).test(text);
  return wanted.exact ? text === wanted.text : text.toLowerCase().includes(wanted.text.toLowerCase());
}

const STEPS = {
  css: (roots, selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]),
  xpath: (roots, path) =>
    roots.flatMap((root) => {
      const found = document.evaluate(path, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
      return Array.from({ length: found.snapshotLength }, (_, place) => found.snapshotItem(place));
    }),
  role: (roots, { role, name, level }) =>
    STEPS.css(roots, level ? `h${level}` : ROLES[role]).filter((e) => isVisible(e) && matches(nameOf(e), name)),
  label: (roots, text) => STEPS.css(roots, LABELLED).filter((element) => matches(spaced(labelOf(element)), text)),
  text: (roots, text) => {
    const isFound = (element) => matches(spaced(element.textContent), text);
    const all = STEPS.css(roots, "*:not(script, style, option)").filter(isFound);
    return all.filter((element) => ![...element.children].some(isFound));
  },
  hasText: (elements, text) => elements.filter((element) => matches(spaced(element.textContent), text)),
  has: (elements, steps) => elements.filter((element) => find([element], steps).length),
  visible: (elements) => elements.filter(isVisible),
  nth: (elements, place) => elements.slice(place, place + 1 || undefined),
};

function find(roots, steps) {
  return steps.reduce((found, [step, value]) => [...new Set(STEPS[step](found, value))], roots);
}
