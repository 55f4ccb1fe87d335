/** A screen reader that is a script: what it says can be asked for. */
import { virtual } from "@guidepup/virtual-screen-reader";

/** How long nothing new must have been said until all of it has been, in milliseconds: longer than an announcement waits. */
const QUIET_MILLISECONDS = 250;
const MOST_PHRASES = 400;

let told = 0;

/** Read what is in an element from its beginning to its end, and return what is said. */
async function read(container) {
  await virtual.start({ container });
  const last = `end of ${await virtual.lastSpokenPhrase()}`;
  for (let count = 0; count < MOST_PHRASES && (await virtual.lastSpokenPhrase()) !== last; count += 1)
    await virtual.next();
  return end();
}

/** Listen from now on to what is said while somebody uses the keyboard in an element. */
async function listen(container) {
  await virtual.start({ container });
  told = (await virtual.spokenPhraseLog()).length;
}

/** Wait until nothing more is said, and return what was said since this was last asked. */
async function heard() {
  for (let before = -1, now = 0; before !== now; ) {
    before = now;
    await new Promise((done) => setTimeout(done, QUIET_MILLISECONDS));
    now = (await virtual.spokenPhraseLog()).length;
  }
  const said = (await virtual.spokenPhraseLog()).slice(told);
  told += said.length;
  return said;
}

/** Stop, and return all that was said. */
async function end() {
  const said = await virtual.spokenPhraseLog();
  await virtual.stop();
  return said;
}

globalThis.ear = { read, listen, heard, end };
