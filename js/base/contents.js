// @ts-check
/**
 * What Python gives each view to show: src/copydesk/views/content.py, reading.py and the modules of the other views.
 *
 * @typedef {import("./shapes.js").Entries} Entries
 * @typedef {import("./shapes.js").Task} Task
 *
 * What of a task its count needs, see src/copydesk/answers/progress.py: the names of its parts, no word of it and no key.
 * @typedef {{kind: Task["kind"], passages?: {id: string}[], items?: {id: string}[], qualifications?: {id: string}[], fields?: {id: string, type: string, rows?: string[]}[], least?: number, min_words?: number}} Outline
 *
 * A task that a view asks for without showing it; with forms, lists of tasks of which one is enough.
 * @typedef {{id: string, title: string, group?: string, outline: Outline, forms?: string[][]}} Required
 */

/**
 * What every view is given.
 *
 * @typedef {object} Common
 * @property {string} course
 * @property {string} lesson
 * @property {string} release
 * @property {string} bank the fingerprint of the tasks
 * @property {"practice"|"graded"|"baseline"} purpose
 * @property {string} title
 * @property {string} language
 * @property {string} keyed_by whose reading the keys are
 * @property {Task[]} tasks
 * @property {string} [place] a token for the learner's folder: seeds the order of options, names the drafts
 * @property {string} [alias] the alias used before
 * @property {Record<string, string|Record<string, string>>} [texts] the interface in another language than English
 * @property {string|null} [notice] what the learner must know about the answer file, for example that it was set aside
 */

/**
 * A lesson in the view of the whole course: the fingerprint of its tasks, and its pages with what there is to do.
 * @typedef {{lesson: string, title: string, bank: string, pages: {kind: "lesson"|"exercise", page: string, required: Required[]}[]}} CourseLesson
 *
 * The article with its layers of marks. Offsets are code points of the article.
 * @typedef {{id: string, start: number, end: number, text: string, paragraph: number, kind: "title"|"body"|"boilerplate"}} Sentence
 * @typedef {{id: string, sentence: string, start: number, end: number, quote: string, tag: string, title: string, facts: {name: string, text: string}[], note: string, sources: string[], group: string}} Mark
 * @typedef {{id: string, text: string, sign: string, look: number}} Group look: which of the six looks of a label it has
 * @typedef {{id: string, title: string, note: string, groups: Group[], marks: Mark[], after: string[], hidden_note: string}} Layer
 * @typedef {{publisher: string, title: string, date: string, read: string, via: string|null, note: string|null, url: string}} Source
 *
 * A task that locks a layer. lesson, task, page: on the page of the article, where tasks of all lessons lock layers.
 * @typedef {Required & {check?: boolean, lesson?: string, task?: string, page?: string}} Lock
 *
 * The views themselves. required: the tasks that a view asks for without showing them.
 * @typedef {Common & {view: "tasks"}} TasksContent
 * @typedef {Common & {view: "submission", required: Required[]}} SubmissionContent
 * @typedef {Common & {view: "progress", required: Required[]}} ProgressContent
 * @typedef {Common & {view: "reading", sentences: Sentence[], layers: Layer[], sources: Record<string, Source>, required: Lock[]}} ReadingContent
 * @typedef {Common & {view: "own"}} OwnArticleContent
 * @typedef {Common & {view: "calendar"}} CalendarContent
 * @typedef {Common & {view: "course", course_lessons: CourseLesson[]}} CourseContent
 *
 * Other lessons, in a notebook with their answers.
 * @typedef {Common & {view: "reliability", lessons: {lesson: string, tasks: Task[], entries?: Entries}[]}} ReliabilityContent
 *
 * The baseline. part: at the beginning of the course, or at its end; forms: the statements of each form, by the answer
 * that leads to it; opening: the lesson of the opening form, in a notebook with its answers.
 * @typedef {{lesson: string, entries?: Entries}} Opening
 * @typedef {Common & {view: "form", part: "opening"|"closing", forms: Record<string, string[]>, opening?: Opening}} BaselineContent
 * @typedef {Common & {view: "guess", opening: Opening}} GuessContent
 *
 * @typedef {TasksContent|SubmissionContent|ProgressContent|ReadingContent|OwnArticleContent|CalendarContent|CourseContent|ReliabilityContent|BaselineContent|GuessContent} Content
 */
export {};
