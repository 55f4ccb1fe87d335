// @ts-check
/** The second script: the kinds and views that few pages have. A page loads it only where it has one of them. */
import { KIND_SCORINGS, KIND_VIEWS } from "kind-views/second-script";
import en from "../src/copydesk/text/en.json" with { type: "json" };
import { addTexts } from "./base/text.js";
import { register } from "./task/registry.js";
import * as form from "./views/baseline.js";
import * as calendar from "./views/calendar.js";
import * as copy from "./views/copy/view.js";
import * as course from "./views/course.js";
import { watchGuesses } from "./views/figure-guess.js";
import * as finish from "./views/finish.js";
import * as own from "./views/own-article/view.js";
import * as progress from "./views/progress.js";
import * as reading from "./views/reading/view.js";
import * as reliability from "./views/reliability.js";
import * as submission from "./views/submission.js";

addTexts(en.widget);
const guess = { render: form.renderGuess };
register({
  kinds: KIND_VIEWS,
  scorings: KIND_SCORINGS,
  views: { calendar, copy, course, finish, form, guess, submission, own, progress, reading, reliability },
});
if (typeof document !== "undefined") watchGuesses(document);
