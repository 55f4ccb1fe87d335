// @ts-check
/** Talks with the Python side: numbered requests, one reply each, and edits of which the last one counts. */

/** How long Python may be silent before the author is told. */
const PATIENCE_MILLISECONDS = 30_000;

/** @typedef {{id: number, ok: boolean, text?: string} & Record<string, any>} Reply */
/** @typedef {(what: string, fields?: Record<string, unknown>) => Promise<Reply>} Ask */
/**
 * The part of anywidget's model that the page needs.
 *
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(message: any) => void} send
 * @property {(event: string, listener: (message: any) => void) => void} on
 * @property {(event: string, listener: (message: any) => void) => void} [off]
 */

/**
 * Return what sends a request and gives its reply. It never rejects: what went wrong is in the reply's text.
 *
 * @param {Model} model
 * @param {AbortSignal} signal
 * @param {() => string} silent what to say when there is no reply
 * @returns {Ask}
 */
export function connect(model, signal, silent) {
  /** @type {Map<number, (reply: Reply) => void>} */
  const waiting = new Map();
  let last = 0;
  const receive = (/** @type {Reply} */ reply) => {
    waiting.get(reply?.id)?.(reply);
    waiting.delete(reply?.id);
  };
  model.on("msg:custom", receive);
  signal.addEventListener("abort", () => model.off?.("msg:custom", receive));
  return (what, fields = {}) =>
    new Promise((resolve) => {
      last += 1;
      const id = last;
      const timer = setTimeout(() => receive({ id, ok: false, text: silent() }), PATIENCE_MILLISECONDS);
      waiting.set(id, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      model.send({ ...fields, id, do: what });
    });
}

/**
 * Edits that wait for a pause; while one is on its way, only the last of those that follow is kept.
 *
 * @template T
 */
export class Edits {
  /**
   * @param {(value: T) => Promise<unknown>} send
   * @param {number} pause in milliseconds
   */
  constructor(send, pause) {
    this.send = send;
    this.pause = pause;
    /** @type {{value: T}|undefined} */
    this.pending = undefined;
    /** @type {Promise<unknown>|undefined} */
    this.running = undefined;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  get isWaiting() {
    return this.pending !== undefined || this.running !== undefined;
  }

  /** @param {T} value */
  put(value) {
    this.pending = { value };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.pause);
  }

  /** Send what waits, and return when all has been answered. */
  async flush() {
    clearTimeout(this.timer);
    while (this.isWaiting) {
      if (this.running) await this.running;
      else if (this.pending) {
        const { value } = this.pending;
        this.pending = undefined;
        this.running = this.send(value).finally(() => {
          this.running = undefined;
        });
      }
    }
  }

  drop() {
    clearTimeout(this.timer);
    this.pending = undefined;
  }
}
