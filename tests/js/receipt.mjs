/** Writes the receipt of a hand-in that comes in as JSON: what the browser makes of it. */
import { text as read } from "node:stream/consumers";
import { receiptText } from "../../js/receipt.js";
import { speaker } from "../../js/text.js";

const { rows, file, name, language, texts } = JSON.parse(await read(process.stdin));
process.stdout.write(receiptText(speaker(language, texts ?? undefined), rows, file, name));
