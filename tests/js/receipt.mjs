/** Writes the receipt of a submission that comes in as JSON: what the browser makes of it. */
import { text as read } from "node:stream/consumers";
import { translator } from "../../js/base/text.js";
import { receiptText } from "../../js/views/receipt.js";

const { rows, file, name, language, texts } = JSON.parse(await read(process.stdin));
process.stdout.write(receiptText(translator(language, texts ?? undefined), rows, file, name));
