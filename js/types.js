// @ts-check
/**
 * The shapes that cross the boundary with Python: see src/copydesk/model/.
 *
 * @typedef {{id: string, title: string, quote: string, says: string, sources: string[], date: string, read: string, role?: "evidence"|"repeats"|"wrong"|"invented"}} Card
 *
 * @typedef {object} TaskBase
 * @property {string} id
 * @property {string} title
 * @property {string} prompt
 * @property {string} context
 * @property {boolean} confidence
 * @property {string[]} reasons
 * @property {string[]} [hints] shown one after the other when the learner asks
 * @property {number} points
 * @property {Card[]} [cards] resolved evidence cards
 *
 * @typedef {{id: string, text: string}} Option
 * @typedef {TaskBase & {kind: "choice", options: Option[], multiple: boolean, shuffle: boolean, key?: ChoiceKey}} ChoiceTask
 * @typedef {{kind: "choice", options: Record<string, {weight: number, why: string}>}} ChoiceKey
 * @typedef {{kind: "choice", chosen: string[]}} ChoiceResponse
 *
 * @typedef {{id: string, text: string, note: string}} SortClass
 * @typedef {TaskBase & {kind: "sort", items: Option[], classes: SortClass[], key?: SortKey}} SortTask
 * @typedef {{kind: "sort", items: Record<string, {weights: Record<string, number>, why: string}>}} SortKey
 * @typedef {{kind: "sort", placed: Record<string, string>}} SortResponse
 *
 * @typedef {[number, number]} Token start and end of a word in code points, end exclusive
 * @typedef {{id: string, text: string, start: number|null, source: string|null, note: string}} Passage
 * @typedef {{id: string, text: string, key: string, note: string}} Label
 * @typedef {TaskBase & {kind: "spans", passages: Passage[], labels: Label[], tokens: Record<string, Token[]>, key?: SpansKey}} SpansTask
 * @typedef {{passage: string, quote: string, occurrence: number, weight: number, why: string}} KeySpan
 * @typedef {{kind: "spans", labels: Record<string, KeySpan[]>, panel: Record<string, KeySpan[][]>}} SpansKey
 * @typedef {{type: "TextPositionSelector", start: number, end: number}} PositionSelector
 * @typedef {{type: "TextQuoteSelector", exact: string}} QuoteSelector
 * @typedef {{passage: string, label: string, selector: [PositionSelector, QuoteSelector]}} MarkedSpan
 * @typedef {{kind: "spans", spans: MarkedSpan[], clean: string[]}} SpansResponse
 *
 * @typedef {{type: "number", id: string, label: string, unit: string}} NumberField
 * @typedef {{type: "date", id: string, label: string, precision: "day"|"month"|"year"}} DateField
 * @typedef {{type: "text", id: string, label: string, note: string}} TextField
 * @typedef {{type: "table", id: string, label: string, row_label: string, value_label: string, rows: string[], chart: {title?: string, x_label?: string, y_label?: string}}} TableField
 * @typedef {NumberField|DateField|TextField|TableField} ValueField
 * @typedef {TaskBase & {kind: "value", fields: ValueField[], key?: ValueKey}} ValueTask
 * @typedef {{share: number, why: string} & ({type: "number", value: number, tolerance: number} | {type: "date", value: string} | {type: "text", min_words: number, mentions: string[][], example: string} | {type: "table", values: Record<string, number>, tolerance: number})} FieldKey
 * @typedef {{kind: "value", fields: Record<string, FieldKey>}} ValueKey
 * @typedef {number|string|Record<string, number>} FieldValue
 * @typedef {{kind: "value", values: Record<string, FieldValue>}} ValueResponse
 *
 * @typedef {{id: string, text: string, levels: Record<string, string>}} Criterion
 * @typedef {TaskBase & {kind: "written", min_words: number, max_words: number, rubric: Criterion[], key?: WrittenKey}} WrittenTask
 * @typedef {{id: string, level: number, text: string, marks: Record<string, number>, why: string}} Exemplar
 * @typedef {{kind: "written", exemplars: Exemplar[]}} WrittenKey
 * @typedef {{kind: "written", text: string}} WrittenResponse
 *
 * @typedef {"supported"|"qualified"|"not-established"|"contradicted"|"not-checkable"} Support
 * @typedef {TaskBase & {kind: "verdict", claim: string, as_of: string, qualifications: Option[], most_cards: number, key?: VerdictKey}} VerdictTask
 * @typedef {{weight: number, why: string}} Judged
 * @typedef {{kind: "verdict", support: Record<Support, Judged>, qualifications: Record<string, Judged>, decisive: Record<string, string>}} VerdictKey
 * @typedef {{kind: "verdict", support: Support|null, qualification: string|null, cards: string[]}} VerdictResponse
 *
 * @typedef {TaskBase & {kind: "drawer", one_by_one: boolean, least: number, key?: DrawerKey}} DrawerTask
 * @typedef {{kind: "drawer", why: string}} DrawerKey
 * @typedef {{card: string, at: string}} OpenedCard
 * @typedef {{kind: "drawer", opened: OpenedCard[]}} DrawerResponse
 *
 * @typedef {string[][]} Ranks items from first to last; those in one group stand at the same place
 * @typedef {TaskBase & {kind: "order", items: Option[], first: string, last: string, ties: boolean, key?: OrderKey}} OrderTask
 * @typedef {{kind: "order", ranks: Ranks, why: Record<string, string>}} OrderKey
 * @typedef {{kind: "order", ranks: Ranks}} OrderResponse
 *
 * @typedef {{id: string, text: string, note: string}} MapNode
 * @typedef {{source: string, target: string, relation: string|null}} Link
 * @typedef {Link & {weight: number, why: string}} KeyLink
 * @typedef {TaskBase & {kind: "arrows", nodes: MapNode[], relations: Option[], key?: ArrowsKey}} ArrowsTask
 * @typedef {{kind: "arrows", edges: KeyLink[], origins: Record<string, string>}} ArrowsKey
 * @typedef {{kind: "arrows", edges: Link[]}} ArrowsResponse
 *
 * @typedef {ChoiceTask|SortTask|OrderTask|ArrowsTask|SpansTask|ValueTask|WrittenTask|VerdictTask|DrawerTask} Task
 * @typedef {ChoiceKey|SortKey|OrderKey|ArrowsKey|SpansKey|ValueKey|WrittenKey|VerdictKey|DrawerKey} Key
 * @typedef {ChoiceResponse|SortResponse|OrderResponse|ArrowsResponse|SpansResponse|ValueResponse|WrittenResponse|VerdictResponse|DrawerResponse} Response
 *
 * One answered task, as in model/answer.py.
 * @typedef {object} Entry
 * @property {Response} response
 * @property {number|null} confidence 0.5 to 1
 * @property {string} reason
 * @property {string} at time of the last change, UTC, ISO with milliseconds
 * @property {number} attempts
 * @property {number} hints how many hints were shown
 * @property {boolean} checked whether the explanations are shown
 *
 * @typedef {Record<string, Entry>} Entries by task id
 *
 * @typedef {object} AnswerFile
 * @property {"copydesk/answers/1"} schema
 * @property {string} course
 * @property {string} lesson
 * @property {string} bank
 * @property {string} [release] the Copy Desk that wrote the file
 * @property {{alias: string}} learner
 * @property {string} saved
 * @property {string} [handed_in]
 * @property {Entries} answers
 *
 * What of a task its count needs, see src/copydesk/answers/progress.py: the names of its parts, no word of it and no key.
 * @typedef {{kind: Task["kind"], passages?: {id: string}[], items?: {id: string}[], qualifications?: {id: string}[], fields?: {id: string, type: string, rows?: string[]}[], least?: number, min_words?: number}} Outline
 *
 * A task that a view asks for without showing it; with forms, lists of tasks of which one is enough.
 * @typedef {{id: string, title: string, group?: string, outline: Outline, forms?: string[][]}} Required
 *
 * A lesson in the view of the whole course: the fingerprint of its tasks, and its pages with what there is to do.
 * @typedef {{lesson: string, title: string, bank: string, pages: {kind: "lesson"|"exercise", page: string, required: Required[]}[]}} CourseLesson
 *
 * What Python gives a widget or a page element to show.
 * @typedef {object} Content
 * @property {"tasks"|"hand-in"|"progress"|"reading"|"reliability"|"form"|"guess"|"own"|"calendar"|"course"} view
 * @property {string} course
 * @property {string} lesson
 * @property {string} release
 * @property {string} bank
 * @property {"practice"|"graded"|"baseline"} purpose
 * @property {string} title
 * @property {string} language
 * @property {string} keyed_by whose reading the keys are
 * @property {Task[]} tasks
 * @property {Required[]} [required] the tasks that a view asks for without showing them
 * @property {CourseLesson[]} [course_lessons] course view: the lessons of the book
 * @property {{lesson: string, tasks: Task[], entries?: Entries}[]} [lessons] reliability view: other lessons, in a notebook with their answers
 * @property {"opening"|"closing"} [part] form view: at the beginning of the course, or at its end
 * @property {Record<string, string[]>} [forms] form view: the statements of each form, by the answer that leads to it
 * @property {{lesson: string, entries?: Entries}} [opening] form and guess view: the lesson of the opening form, in a notebook with its answers
 * @property {string} [place] a token for the learner's folder: seeds the order of options, names the drafts
 * @property {string} [alias] hand-in view: the alias used before
 * @property {Record<string, string|Record<string, string>>} [texts] the interface in another language than English
 * @property {string|null} [notice] what the learner must know about the answer file, for example that it was set aside
 *
 * @typedef {"scored"|"unanswered"|"awaiting marking"} Status
 * @typedef {{share: number|null, status: Status, parts: {part: string, credit: number|null}[]}} Score
 * @typedef {{done: number, of: number, missing?: string[]}} Progress an answer is complete when done reaches of; missing: which parts are not there
 *
 * @typedef {(key: string, params?: Record<string, string|number>) => string} Speak
 */

/**
 * What a kind is given to draw its controls.
 *
 * @template {Task} T
 * @template {Response} R
 * @typedef {object} Host
 * @property {T} task
 * @property {Speak} t
 * @property {string} language
 * @property {string} keyedBy
 * @property {string} seed the same for one learner and task
 * @property {(name: string) => string} uid an element id that is unique on the page
 * @property {string} headingId
 * @property {string} promptId
 * @property {AbortSignal} signal
 * @property {(response: R, options?: {soon?: boolean}) => void} change the learner changed the answer; soon: wait for a pause in typing
 * @property {() => void} flush write now what waits for a pause
 * @property {(text: string) => void} say announce politely
 */

/**
 * What a kind gives back: its element, and a way to show a state in it without moving the focus.
 *
 * @template {Response} R
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {HTMLElement} [report] what is said after a check, below the button; without it, a sentence is
 * @property {(response: R|null, checked: boolean) => void} show
 */

/**
 * A line of the table of kinds.
 *
 * @typedef {object} Kind
 * @property {(task: any, key: any, response: any) => Score} score
 * @property {(task: any, response: any) => Progress} complete
 * @property {Response} empty the response of somebody who has not answered yet
 * @property {(response: any) => boolean} isEmpty
 * @property {(value: any) => boolean} isResponse whether a stored value has the shape of this kind's response
 * @property {(t: Speak, progress: Progress) => string} left what is done and what is left, in words
 * @property {(t: Speak, task: any, key: any, response: any) => string} summary the result in a sentence
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
 * @property {(alias: string) => Promise<HandedIn>} handIn
 *
 * What became of a hand-in. path: where the kernel wrote the file; content: what is in it, as text.
 * @typedef {{ok: boolean, text: string, path: string, name: string, content: string}} HandedIn
 *
 * How answers go out as a file, and in.
 * @typedef {object} Transfer
 * @property {() => {name: string, text: string}} file
 * @property {(text: string) => {ok: boolean, text: string}} read take in the text of an answer file, or say why not
 * @property {(bytes: number) => string} tooLarge why a file of this size is not read, or nothing
 * @property {() => string} [moved] what to say of answers that come from an earlier release of the book, or nothing
 */
export {};
