// @ts-check
/**
 * Tasks, keys and answers, as Python's models have them: schema-types.d.ts is made from the schemas of both. Kinds
 * that only one folder knows need no name here.
 *
 * @typedef {import("./schema-types.d.ts").TaskContent} Task
 * @typedef {NonNullable<Task["key"]>} Key
 * @typedef {Entry["response"]} Response
 * @typedef {import("./schema-types.d.ts").Card} Card
 *
 * @typedef {import("./schema-types.d.ts").Option} Option
 * @typedef {import("./schema-types.d.ts").ChoiceTask} ChoiceTask
 * @typedef {import("./schema-types.d.ts").ChoiceKey} ChoiceKey
 * @typedef {import("./schema-types.d.ts").ChoiceResponse} ChoiceResponse
 *
 * @typedef {import("./schema-types.d.ts").SortTask} SortTask
 * @typedef {import("./schema-types.d.ts").SortKey} SortKey
 * @typedef {import("./schema-types.d.ts").SortResponse} SortResponse
 *
 * @typedef {[number, number]} Token start and end of a word in code points, end exclusive
 * @typedef {import("./schema-types.d.ts").Passage} Passage
 * @typedef {import("./schema-types.d.ts").Label} Label
 * What a board of passages uses of its task: own-article mode makes tasks that have no more.
 * @typedef {Omit<import("./schema-types.d.ts").SpansTask, "bloom"|"cards"|"concept"|"group"|"hints">} SpansTask
 * @typedef {import("./schema-types.d.ts").KeySpan} KeySpan
 * @typedef {import("./schema-types.d.ts").SpansKey} SpansKey
 * @typedef {import("./schema-types.d.ts").MarkedSpan} MarkedSpan
 * @typedef {import("./schema-types.d.ts").PositionSelector} PositionSelector
 * @typedef {import("./schema-types.d.ts").QuoteSelector} QuoteSelector
 * @typedef {import("./schema-types.d.ts").SpansResponse} SpansResponse
 *
 * @typedef {Omit<import("./schema-types.d.ts").EditTask, "bloom"|"cards"|"concept"|"group"|"hints">} EditTask
 * @typedef {import("./schema-types.d.ts").EditKey} EditKey
 * @typedef {import("./schema-types.d.ts").EditResponse} EditResponse
 *
 * @typedef {import("./schema-types.d.ts").NumberField} NumberField
 * @typedef {import("./schema-types.d.ts").DateField} DateField
 * @typedef {import("./schema-types.d.ts").TextField} TextField
 * @typedef {import("./schema-types.d.ts").TableField} TableField
 * @typedef {ValueTask["fields"][number]} ValueField
 * @typedef {import("./schema-types.d.ts").ValueTask} ValueTask
 * @typedef {import("./schema-types.d.ts").ValueKey} ValueKey
 * @typedef {ValueKey["fields"][string]} FieldKey
 * @typedef {import("./schema-types.d.ts").ValueResponse} ValueResponse
 * @typedef {ValueResponse["values"][string]} FieldValue
 *
 * @typedef {import("./schema-types.d.ts").WrittenTask} WrittenTask
 * @typedef {import("./schema-types.d.ts").WrittenKey} WrittenKey
 * @typedef {import("./schema-types.d.ts").WrittenResponse} WrittenResponse
 *
 * @typedef {import("./schema-types.d.ts").VerdictTask} VerdictTask
 * @typedef {import("./schema-types.d.ts").VerdictKey} VerdictKey
 * @typedef {import("./schema-types.d.ts").VerdictResponse} VerdictResponse
 * @typedef {import("./schema-types.d.ts").Judged} Judged
 * @typedef {NonNullable<VerdictResponse["support"]>} Support
 *
 * @typedef {import("./schema-types.d.ts").DrawerTask} DrawerTask
 * @typedef {import("./schema-types.d.ts").DrawerKey} DrawerKey
 * @typedef {import("./schema-types.d.ts").DrawerResponse} DrawerResponse
 *
 * @typedef {import("./schema-types.d.ts").OrderTask} OrderTask
 * @typedef {import("./schema-types.d.ts").OrderKey} OrderKey
 * @typedef {import("./schema-types.d.ts").OrderResponse} OrderResponse
 * @typedef {OrderResponse["ranks"]} Ranks items from first to last; those in one group are at the same place
 *
 * @typedef {import("./schema-types.d.ts").Edge} Link
 * @typedef {import("./schema-types.d.ts").KeyEdge} KeyLink
 * @typedef {import("./schema-types.d.ts").ArrowsTask} ArrowsTask
 * @typedef {import("./schema-types.d.ts").ArrowsKey} ArrowsKey
 * @typedef {import("./schema-types.d.ts").ArrowsResponse} ArrowsResponse
 *
 * One answered task. confidence: 0.5 to 1; at: the time of the last change, UTC, ISO with milliseconds; hints: how many
 * were shown; checked: whether the explanations are shown; version: which one of a task with a twin was drawn.
 * @typedef {Omit<import("./schema-types.d.ts").Answer, "version"> & {version?: 1|2|null}} Entry
 * @typedef {Record<string, Entry>} Entries by task id
 *
 * release: the Copy Desk that wrote the file. What is null or not there was not said.
 * @typedef {Omit<import("./schema-types.d.ts").AnswerFile, "release"|"handed_in"|"answers"|"orders"> & {release?: string|null, handed_in?: string|null, answers: Entries, orders?: Record<string, string[]>}} AnswerFile
 */
export {};
