// @ts-check
/**
 * What Python gives each view to show: schema-types.d.ts is made from the schema of src/copydesk/views/shapes.py.
 *
 * @typedef {import("./schema-types.d.ts").Outline} Outline
 * @typedef {import("./schema-types.d.ts").Required} Required
 * @typedef {import("./schema-types.d.ts").CourseLesson} CourseLesson
 * @typedef {import("./schema-types.d.ts").SentenceContent} Sentence
 * @typedef {import("./schema-types.d.ts").Mark} Mark
 * @typedef {import("./schema-types.d.ts").MarkGroup} Group
 * @typedef {import("./schema-types.d.ts").MarkLayer} Layer
 * @typedef {import("./schema-types.d.ts").SourceContent} Source
 * @typedef {import("./schema-types.d.ts").Lock} Lock
 * @typedef {import("./schema-types.d.ts").Opening} Opening
 * @typedef {import("./schema-types.d.ts").ScoredTask} ScoredTask
 * @typedef {import("./schema-types.d.ts").CopyPart} CopyPart
 * @typedef {import("./schema-types.d.ts").CopyLesson} CopyLesson
 * @typedef {import("./schema-types.d.ts").CopySource} CopySource
 */

/**
 * Content with what main.js adds where a page of someone else left it out.
 *
 * @template {import("./schema-types.d.ts").Content} C
 * @typedef {C & {release: string, language: string, bank: string}} Complete
 */

/**
 * @typedef {Complete<import("./schema-types.d.ts").TasksContent>} TasksContent
 * @typedef {Complete<import("./schema-types.d.ts").SubmissionContent>} SubmissionContent
 * @typedef {Complete<import("./schema-types.d.ts").ProgressContent>} ProgressContent
 * @typedef {Complete<import("./schema-types.d.ts").ReadingContent>} ReadingContent
 * @typedef {Complete<import("./schema-types.d.ts").OwnArticleContent>} OwnArticleContent
 * @typedef {Complete<import("./schema-types.d.ts").CalendarContent>} CalendarContent
 * @typedef {Complete<import("./schema-types.d.ts").CourseContent>} CourseContent
 * @typedef {Complete<import("./schema-types.d.ts").ReliabilityContent>} ReliabilityContent
 * @typedef {Complete<import("./schema-types.d.ts").CopyContent>} CopyContent
 * @typedef {Complete<import("./schema-types.d.ts").FinishContent>} FinishContent
 * @typedef {Complete<import("./schema-types.d.ts").BaselineContent>} BaselineContent
 * @typedef {Complete<import("./schema-types.d.ts").GuessContent>} GuessContent
 *
 * @typedef {Complete<import("./schema-types.d.ts").Content>} Content
 *
 * What a list of tasks says of one.
 * @typedef {Pick<Required, "id"|"title"|"outline"|"forms">} Row
 *
 * What the content of every view has.
 * @typedef {Omit<TasksContent, "view"|"tasks">} Common
 */
export {};
