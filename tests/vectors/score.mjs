/** Scores what comes in: a line of JSON with task, outline, key and response; a line of JSON with what the browser side makes of it. */
import { createInterface } from "node:readline";
import { KINDS } from "../../js/kinds/kinds.js";

function answer({ task, outline, key, response }) {
  const { score, completeness } = KINDS[task.kind];
  const { share, status } = score(task, key, response);
  const states = [task, outline].map((shown) => completeness(shown, response)).map(({ done, of }) => [done, of]);
  return { share, status, state: states[0], outlined: states[1] };
}

for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = answer(JSON.parse(line));
  } catch (error) {
    said = { status: String(error), state: null, share: null };
  }
  console.log(JSON.stringify(said));
}
