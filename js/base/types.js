// @ts-check
/**
 * What kinds, stores and views give each other.
 *
 * @typedef {import("./shapes.js").Task} Task
 * @typedef {import("./shapes.js").Response} Response
 * @typedef {import("./shapes.js").Entry} Entry
 * @typedef {import("./shapes.js").Entries} Entries
 * @typedef {import("./contents.js").Content} Content
 *
 * @typedef {"scored"|"unanswered"|"awaiting marking"} Status
 * @typedef {{share: number|null, status: Status, parts: {part: string, credit: number|null}[]}} Score
 * @typedef {{done: number, of: number, missing?: string[]}} Progress an answer is complete when done reaches of; missing: which parts are not there
 *
 * @typedef {(key: string, params?: Record<string, string|number>) => string} Translate
 * @typedef {(text: string, options?: {asWritten?: boolean}) => void} Say asWritten: it has words of the article in it, and no translator changes it
 */

/**
 * What a kind is given to draw its controls.
 *
 * @template T
 * @template R
 * @typedef {object} Host
 * @property {T} task
 * @property {Record<string, string>} [lines] by the id of an option or item, the line of the context that it is about
 * @property {Translate} t
 * @property {string} language
 * @property {string} keyedBy
 * @property {string} seed the same for one learner and task
 * @property {(name: string) => string} uid an element id that is unique on the page
 * @property {string} headingId
 * @property {string} promptId
 * @property {AbortSignal} signal
 * @property {(response: R, options?: {soon?: boolean}) => void} change the learner changed the answer; soon: wait for a pause in typing
 * @property {() => void} flush write now what waits for a pause
 * @property {Say} say announce politely
 */

/**
 * What a kind gives back: its element, and a way to show a state in it without moving the focus.
 *
 * @template R
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {HTMLElement} [report] what is said after a check, below the button and its sentence
 * @property {() => string} [said] that sentence, where it says more than the kind's summary
 * @property {(response: R|null, checked: boolean) => void} show
 */

/**
 * A line of the table of kinds.
 *
 * @typedef {object} Kind
 * @property {(task: any, key: any, response: any) => Score} score
 * @property {(task: any, response: any) => Progress} completeness
 * @property {any} emptyResponse the response of someone who has not answered yet
 * @property {(response: any) => boolean} isEmpty
 * @property {(value: any) => boolean} isResponse whether a stored value has the shape of this kind's response
 * @property {(t: Translate, progress: Progress) => string} progressText what is done and what is left, in words
 * @property {(t: Translate, task: any, response: any) => string} [completeText] what a complete answer holds, where something can be missing all the same
 * @property {(t: Translate, task: any, key: any, response: any) => string} summary the result in a sentence
 * @property {boolean} [ownsCards] the kind shows the evidence cards itself
 * @property {boolean} [asksConfidence] confidence is asked for every task of the kind
 * @property {boolean} [neverChecked] there is nothing to check: the answer is what was done
 *
 * @typedef {{state: "none"|"saving"|"saved"|"problem", at: string|null, problem: string}} SaveStatus
 *
 * Where answers live: the kernel's answer file, or this browser.
 * @typedef {object} Store
 * @property {() => Entries} entries
 * @property {(id: string, entry: Entry) => void} put
 * @property {() => SaveStatus} status
 * @property {(listener: (changed: string[]) => void, signal: AbortSignal) => void} listen called with the ids that changed elsewhere, or none where only the status did
 * @property {() => string} alias
 * @property {(name: string, ids: string[]) => string[]} order the learner's own order of some tasks, drawn once and kept
 * @property {(alias: string) => Promise<SubmissionReply>} submit
 *
 * What became of a submission. path: where the kernel wrote the file; content: what is in it, as text.
 * @typedef {{ok: boolean, text: string, path: string, name: string, content: string}} SubmissionReply
 *
 * How answers go out as a file, and in.
 * @typedef {object} Transfer
 * @property {() => {name: string, text: string}} file
 * @property {(text: string) => {ok: boolean, text: string}} read take in the text of an answer file, or say why not
 * @property {(bytes: number) => string} tooLarge why a file of this size is not read, or nothing
 * @property {() => string} [moved] what to say of answers that come from an earlier release of the book, or nothing
 */
/**
 * What a view is given: what to show, where the answers are, and the voice for those who do not see it.
 *
 * @template {Content} [C=Content]
 * @typedef {object} Desk
 * @property {C} content
 * @property {Store} store
 * @property {Translate} t
 * @property {string} seed the same for one learner, for the order of options
 * @property {AbortSignal} signal
 * @property {Say} say announce politely
 */

/**
 * @typedef {{render: (host: any) => Part<any>, style?: string}} KindView how a kind is drawn
 * @typedef {{render: (desk: Desk<any>) => HTMLElement, style?: string}} View
 */
export {};
