// @ts-check
/** The second script: the kinds and views that few pages have. A page loads it only where it has one of them. */
import en from "../src/copydesk/text/en.json" with { type: "json" };
import * as handIn from "./handin.js";
import * as arrows from "./kinds/arrows-view.js";
import * as drawer from "./kinds/drawer-view.js";
import * as order from "./kinds/order-view.js";
import { PARTS } from "./kinds/parts.js";
import * as verdict from "./kinds/verdict-view.js";
import { wakeAgain } from "./main.js";
import { addStyle } from "./sheet.js";
import { addTexts } from "./text.js";
import { VIEWS } from "./views/index.js";
import * as calendar from "./views/calendar.js";
import * as course from "./views/course.js";
import * as form from "./views/form.js";
import * as own from "./views/own.js";
import * as reading from "./views/reading.js";
import * as reliability from "./views/reliability.js";

Object.assign(PARTS, { arrows, drawer, order, verdict });
Object.assign(VIEWS, { calendar, course, form, guess: { render: form.renderGuess }, "hand-in": handIn, own, reading, reliability });
addTexts(en.widget);
addStyle([arrows, drawer, order, verdict, calendar, course, form, handIn, own, reading, reliability].map(({ style }) => style).join("\n"));
wakeAgain();
