/** Every text of the interface stands in the catalogues, in each language, and in no script. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { direction, quotationPieces, translator } from "../../js/base/text.js";
import { sources } from "./sources.mjs";

const texts = new URL("../../src/copydesk/text/", import.meta.url);
const catalogues = Object.fromEntries(
  readdirSync(texts)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(new URL(name, texts), "utf8")).widget]),
);

const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

/** Translations of what a learner reads; texts that were added to English since may be missing. */
const LEARNERS = ["de", "es"];

test("no language lacks a text, or has one that is not asked for", () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    const english = Object.keys(catalogues.en);
    if (LEARNERS.includes(language))
      assert.deepEqual(
        Object.keys(catalogue).filter((key) => !(key in catalogues.en)),
        [],
      );
    else assert.deepEqual(Object.keys(catalogue).sort(), english.sort(), language);
  }
});

test("a text has room for the same values in every language; count is free where the English has plural forms", () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    for (const [key, entry] of Object.entries(catalogue)) {
      const english = catalogues.en[key];
      const wanted = placeholders(typeof english === "string" ? english : english.other);
      const free = typeof english === "string" ? [] : ["count"];
      const strict = (names) => names.filter((name) => !free.includes(name));
      for (const [name, form] of typeof entry === "string" ? [["other", entry]] : Object.entries(entry)) {
        const own = english[name] && strict(placeholders(english[name])); // the one item of "Open it." has no number
        const found = strict(placeholders(form));
        assert.ok(
          [strict(wanted), own].some((names) => names?.join() === found.join()),
          `${language} ${key}: ${form}`,
        );
      }
    }
  }
});

test("a text with plural forms has each that its language tells apart", () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, entry] of Object.entries(catalogue))
      if (typeof entry !== "string") assert.deepEqual(Object.keys(entry).toSorted(), wanted, `${language} ${key}`);
  }
});

test("Ukrainian takes the form for its count: 1, 2 to 4, 5 and more, 11 to 14, 21", () => {
  const t = translator("uk", catalogues.uk);
  const said = [0, 1, 2, 5, 11, 12, 21, 22, 25, 111].map((count) => t("written.count", { count }));
  assert.deepEqual(said, [
    "0 слів",
    "1 слово",
    "2 слова",
    "5 слів",
    "11 слів",
    "12 слів",
    "21 слово",
    "22 слова",
    "25 слів",
    "111 слів",
  ]);
  assert.equal(translator("uk-UA", catalogues.uk)("check"), t("check"));
  assert.notEqual(t("check"), translator("en")("check"));
});

test("a text that a language lacks is English, with the forms of English", () => {
  const t = translator("fr", { check: "Vérifier" });
  assert.deepEqual(
    [0, 1, 2].map((count) => t("written.count", { count })),
    ["0 words", "1 word", "2 words"],
  );
  assert.equal(t("check"), "Vérifier");
});

test("quotation marks of any language are found as Python finds them", () => {
  const { texts: lines } = JSON.parse(
    readFileSync(new URL("../vectors/quotations/quotations.json", import.meta.url), "utf8"),
  );
  for (const pieces of lines) assert.deepEqual(quotationPieces(pieces.join("")), pieces);
});

test("a language has its own direction", () => {
  assert.deepEqual(["en", "uk", "uk-UA", "ar", "he-IL", "fa"].map(direction), [
    "ltr",
    "ltr",
    "ltr",
    "rtl",
    "rtl",
    "rtl",
  ]);
});

/** Words of a string or template literal, without what is put into it. */
const words = (literal) =>
  literal
    .slice(1, -1)
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, " ")
    .replace(/\\./g, " ");

/**
 * The arguments of a call, split at its commas, from the place behind its opening bracket.
 *
 * @returns {{text: string, literals: string[]}[]} literals: strings that stand in the argument itself, not in a call within it
 */
function argumentsAt(source, start) {
  const found = [{ text: "", literals: [] }];
  let depth = 0;
  for (let place = start; place < source.length; place += 1) {
    const sign = source[place];
    const last = found.at(-1);
    if (sign === '"' || sign === "'" || sign === "`") {
      let end = place + 1;
      for (let inner = 0; end < source.length && (source[end] !== sign || inner > 0); end += 1) {
        if (source[end] === "\\") end += 1;
        else if (sign === "`" && source.startsWith("${", end)) inner += 1;
        else if (sign === "`" && source[end] === "}" && inner > 0) inner -= 1;
      }
      const literal = source.slice(place, end + 1);
      const compared = /[!=]==\s*$/.test(last.text) || /^\s*[!=]==/.test(source.slice(end + 1));
      if (depth === 0 && !compared) last.literals.push(literal);
      last.text += literal;
      place = end;
    } else if ("([{".includes(sign)) {
      depth += 1;
      last.text += sign;
    } else if (")]}".includes(sign)) {
      if (depth === 0) return found;
      depth -= 1;
      last.text += sign;
    } else if (sign === "," && depth === 0) found.push({ text: "", literals: [] });
    else last.text += sign;
  }
  return found;
}

/** Literals with a word in them that a person would see or hear. */
function hardCoded(source) {
  const seen = [];
  for (const call of source.matchAll(/(?<![\w.])(?:h|svg)\(/g)) {
    const [, attributes, ...children] = argumentsAt(source, call.index + call[0].length);
    for (const { literals } of children) seen.push(...literals);
    for (const [, literal] of (attributes?.text ?? "").matchAll(
      /"?(?:aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt)"?: ("[^"]*"|`[^`]*`)/g,
    ))
      seen.push(literal);
  }
  for (const call of source.matchAll(/(?<![\w.])(?:setText|append)\(|(?<!\w)(?:say|tell|complain|replaceChildren)\(/g))
    for (const { literals } of argumentsAt(source, call.index + call[0].length)) seen.push(...literals);
  for (const [, literal] of source.matchAll(
    /\.(?:textContent|innerText|title|placeholder|ariaLabel) = ("[^"]*"|`[^`]*`)/g,
  ))
    seen.push(literal);
  return seen.filter((literal) => /\p{L}{2,}/u.test(words(literal)));
}

test("the search finds words in a script, and lets all else be", () => {
  const found = [
    'h("p", {}, "Saved")',
    "h('p', {}, `Saved ${time}`)",
    'h("button", { type: "button", "aria-label": "Close" })',
    'h("p", {}, open ? "Shown" : t("x"))',
    'svg("text", { x: 1 }, "right")',
    'setText(line, "No answer")',
    'desk.say("Saved")',
    'line.textContent = "Saved";',
  ];
  for (const source of found) assert.equal(hardCoded(source).length, 1, source);
  const rest = [
    'h("p", { class: "cd-left" }, t("check"), " ", "–", kind === "choice" ? icon("right") : "")',
    "h('p', {}, `${a} (${b})`)",
    'parent.append(h("p", {}, text))',
    'setText(line, done ? t("a") : t("b"))',
    'h("b", { title: t("x") }, "×")',
  ];
  for (const source of rest) assert.deepEqual(hardCoded(source), [], source);
});

test("no script holds words of its own", () => {
  for (const [name, source] of sources) assert.deepEqual(hardCoded(source), [], name);
});
