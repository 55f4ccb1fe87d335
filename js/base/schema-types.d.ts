/** Made from schemas/ by `npm run types`: do not edit. Python writes every field, also one that has a default. */

export type TaskContent =
  | ArrowsTask
  | ChoiceTask
  | DrawerTask
  | EditTask
  | OrderTask
  | SortTask
  | SpansTask
  | ValueTask
  | VerdictTask
  | WrittenTask;
export type Outline =
  | ArrowsOutline
  | ChoiceOutline
  | DrawerOutline
  | EditOutline
  | OrderOutline
  | SortOutline
  | SpansOutline
  | ValueOutline
  | VerdictOutline
  | WrittenOutline;
export type ScoredTask =
  | ScoredArrowsTask
  | ScoredChoiceTask
  | ScoredDrawerTask
  | ScoredEditTask
  | ScoredOrderTask
  | ScoredSortTask
  | ScoredSpansTask
  | ScoredValueTask
  | ScoredVerdictTask
  | ScoredWrittenTask;
export type Content =
  | TasksContent
  | SubmissionContent
  | ProgressContent
  | ReadingContent
  | OwnArticleContent
  | CalendarContent
  | CourseContent
  | ReliabilityContent
  | CopyContent
  | FinishContent
  | BaselineContent
  | GuessContent;

export interface Answer {
  at: string;
  attempts: number;
  checked: boolean;
  confidence: number | null;
  hints: number;
  reason: string;
  response:
    | ArrowsResponse
    | ChoiceResponse
    | DrawerResponse
    | EditResponse
    | OrderResponse
    | SortResponse
    | SpansResponse
    | ValueResponse
    | VerdictResponse
    | WrittenResponse;
  version: (1 | 2) | null;
}
export interface ArrowsResponse {
  edges: Edge[];
  kind: "arrows";
}
export interface Edge {
  relation: string | null;
  source: string;
  target: string;
}
export interface ChoiceResponse {
  chosen: string[];
  kind: "choice";
}
export interface DrawerResponse {
  kind: "drawer";
  opened: OpenedCard[];
}
export interface OpenedCard {
  at: string;
  card: string;
}
export interface EditResponse {
  kind: "edit";
  texts: {
    [k: string]: string;
  };
}
export interface OrderResponse {
  kind: "order";
  ranks: string[][];
}
export interface SortResponse {
  kind: "sort";
  placed: {
    [k: string]: string;
  };
}
export interface SpansResponse {
  clean: string[];
  kind: "spans";
  spans: MarkedSpan[];
}
export interface MarkedSpan {
  label: string;
  passage: string;
  /**
   * @minItems 2
   * @maxItems 2
   */
  selector: [PositionSelector, QuoteSelector];
}
export interface PositionSelector {
  end: number;
  start: number;
  type: "TextPositionSelector";
}
export interface QuoteSelector {
  exact: string;
  type: "TextQuoteSelector";
}
export interface ValueResponse {
  kind: "value";
  values: {
    [k: string]:
      | number
      | string
      | {
          [k: string]: number;
        };
  };
}
export interface VerdictResponse {
  cards: string[];
  kind: "verdict";
  qualification: string | null;
  support: ("supported" | "qualified" | "not-established" | "contradicted" | "not-checkable") | null;
}
export interface WrittenResponse {
  kind: "written";
  text: string;
}
export interface ArrowsKey {
  edges: KeyEdge[];
  kind: "arrows";
  origins: {
    [k: string]: string;
  };
  replies: string[];
}
export interface KeyEdge {
  relation: string | null;
  source: string;
  target: string;
  weight: number;
  why: string;
}
export interface ArrowsOutline {
  kind: "arrows";
}
export interface ArrowsTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: ArrowsKey;
  kind: "arrows";
  nodes: Node[];
  points: number;
  prompt: string;
  reasons: string[];
  relations: Relation[];
  title: string;
  twin?: ArrowsTask;
  version?: 1 | 2;
}
export interface Card {
  date: string;
  id: string;
  publisher: string;
  quote: string;
  read: string;
  role: "evidence" | "repeats" | "wrong" | "other";
  says: string;
  sources: string[];
  title: string;
}
export interface Node {
  id: string;
  note: string;
  text: string;
}
export interface Relation {
  id: string;
  text: string;
}
export interface BaselineContent {
  alias?: string;
  bank?: string;
  course: string;
  earlier: EarlierForm[];
  explained: string[];
  form: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  supported: {
    [k: string]: boolean;
  };
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "form";
}
export interface EarlierForm {
  entries?: {
    [k: string]: Answer;
  };
  form: string;
  lesson: string;
  supported: {
    [k: string]: boolean;
  };
  tasks?: TaskContent[];
}
export interface ChoiceTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: ChoiceKey;
  kind: "choice";
  multiple: boolean;
  options: Option[];
  points: number;
  prompt: string;
  reasons: string[];
  shuffle: boolean;
  title: string;
  twin?: ChoiceTask;
  version?: 1 | 2;
}
export interface ChoiceKey {
  kind: "choice";
  options: {
    [k: string]: OptionKey;
  };
  replies: string[];
}
export interface OptionKey {
  weight: number;
  why: string;
}
export interface Option {
  id: string;
  text: string;
}
export interface DrawerTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: DrawerKey;
  kind: "drawer";
  least: number;
  one_by_one: boolean;
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
  twin?: DrawerTask;
  version?: 1 | 2;
}
export interface DrawerKey {
  kind: "drawer";
  replies: string[];
  why: string;
}
export interface EditTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: EditKey;
  kind: "edit";
  passages: Passage[];
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
  twin?: EditTask;
  version?: 1 | 2;
}
export interface EditKey {
  faults: KeyFault[];
  keep: KeepStretch[];
  kind: "edit";
  replies: string[];
}
export interface KeyFault {
  id: string;
  passage: string;
  quote: string;
  repairs: string[];
  spot: string;
  weight: number;
  why: string;
}
export interface KeepStretch {
  passage: string;
  quote: string;
  why: string;
}
export interface Passage {
  id: string;
  note: string;
  source: string | null;
  start: number | null;
  text: string;
}
export interface OrderTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  first: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  items: Step[];
  key?: OrderKey;
  kind: "order";
  last: string;
  points: number;
  prompt: string;
  reasons: string[];
  ties: boolean;
  title: string;
  twin?: OrderTask;
  version?: 1 | 2;
}
export interface Step {
  id: string;
  text: string;
}
export interface OrderKey {
  kind: "order";
  ranks: string[][];
  replies: string[];
  why: {
    [k: string]: string;
  };
}
export interface SortTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  classes: SortClass[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  items: Item[];
  key?: SortKey;
  kind: "sort";
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
  twin?: SortTask;
  version?: 1 | 2;
}
export interface SortClass {
  id: string;
  note: string;
  text: string;
}
export interface Item {
  id: string;
  text: string;
}
export interface SortKey {
  items: {
    [k: string]: ItemKey;
  };
  kind: "sort";
  replies: string[];
}
export interface ItemKey {
  weights: {
    [k: string]: number;
  };
  why: string;
}
export interface SpansTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: SpansKey;
  kind: "spans";
  labels: Label[];
  passages: Passage[];
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
  tokens: {
    [k: string]: [number, number][];
  };
  twin?: SpansTask;
  version?: 1 | 2;
}
export interface SpansKey {
  kind: "spans";
  labels: {
    [k: string]: KeySpan[];
  };
  panel: {
    [k: string]: KeySpan[][];
  };
  replies: string[];
}
export interface KeySpan {
  occurrence: number;
  passage: string;
  quote: string;
  weight: number;
  why: string;
}
export interface Label {
  id: string;
  key: string;
  note: string;
  text: string;
}
export interface ValueTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  fields: (NumberField | DateField | TextField | TableField)[];
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: ValueKey;
  kind: "value";
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
  twin?: ValueTask;
  version?: 1 | 2;
}
export interface NumberField {
  id: string;
  label: string;
  type: "number";
  unit: string;
}
export interface DateField {
  id: string;
  label: string;
  precision: "day" | "month" | "year";
  type: "date";
}
export interface TextField {
  id: string;
  label: string;
  note: string;
  type: "text";
}
export interface TableField {
  chart: {
    [k: string]: string;
  };
  id: string;
  label: string;
  row_label: string;
  rows: string[];
  type: "table";
  value_label: string;
}
export interface ValueKey {
  fields: {
    [k: string]: NumberKey | DateKey | TextKey | TableKey;
  };
  kind: "value";
  replies: string[];
}
export interface NumberKey {
  share: number;
  tolerance: number;
  type: "number";
  value: number;
  why: string;
}
export interface DateKey {
  share: number;
  type: "date";
  value: string;
  why: string;
}
export interface TextKey {
  example: string;
  mentions: string[][];
  min_words: number;
  share: number;
  type: "text";
  why: string;
}
export interface TableKey {
  share: number;
  tolerance: number;
  type: "table";
  values: {
    [k: string]: number;
  };
  why: string;
}
export interface VerdictTask {
  as_of: string;
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  claim: string;
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: VerdictKey;
  kind: "verdict";
  most_cards: number;
  points: number;
  prompt: string;
  qualifications: Qualification[];
  reasons: string[];
  title: string;
  twin?: VerdictTask;
  version?: 1 | 2;
}
export interface VerdictKey {
  decisive: {
    [k: string]: string;
  };
  kind: "verdict";
  qualifications: {
    [k: string]: Judged;
  };
  replies: string[];
  support: {
    [k: string]: Judged;
  };
}
export interface Judged {
  weight: number;
  why: string;
}
export interface Qualification {
  id: string;
  text: string;
}
export interface WrittenTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: Card[];
  concept: string;
  confidence: boolean;
  context: string;
  credits: number[];
  group: "warm-up" | "worked" | "practice" | "quiz" | "note" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key?: WrittenKey;
  kind: "written";
  max_words: number;
  min_words: number;
  points: number;
  prompt: string;
  reasons: string[];
  rubric: Criterion[];
  title: string;
  twin?: WrittenTask;
  version?: 1 | 2;
}
export interface WrittenKey {
  exemplars: Exemplar[];
  facts: Fact[];
  kind: "written";
  replies: string[];
}
export interface Exemplar {
  id: string;
  level: 1 | 2 | 3 | 4;
  marks: {
    [k: string]: 1 | 2 | 3 | 4;
  };
  text: string;
  why: string;
}
export interface Fact {
  id: string;
  is_fault: boolean;
  text: string;
}
export interface Criterion {
  id: string;
  levels: {
    [k: string]: string;
  };
  text: string;
}
export interface CalendarContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "calendar";
}
export interface ChoiceOutline {
  kind: "choice";
}
export interface CommentView {
  text: string;
  ticked: boolean;
}
export interface CopyContent {
  alias?: string;
  bank?: string;
  copy: CopyPart;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: NamedTask[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "copy";
}
export interface CopyPart {
  lessons: CopyLesson[];
  sentences: SentenceContent[];
}
export interface CopyLesson {
  edits: MendedTask[];
  entries?: {
    [k: string]: Answer;
  };
  lesson: string;
  notes: JudgedTask[];
  page?: string;
}
export interface MendedTask {
  cards: CopySource[];
  id: string;
  passages: MendedPassage[];
  title: string;
  twin?: MendedTask;
  version?: number;
}
export interface CopySource {
  date: string;
  id: string;
  publisher: string;
  title: string;
}
export interface MendedPassage {
  id: string;
  start: number;
  text: string;
}
export interface JudgedTask {
  as_of: string;
  cards: CopySource[];
  claim: string;
  id: string;
  qualifications: {
    [k: string]: string;
  };
  sentence: string;
  twin?: JudgedTask;
  version?: number;
}
export interface SentenceContent {
  end: number;
  id: string;
  kind: "title" | "body" | "boilerplate";
  paragraph: number;
  start: number;
  text: string;
}
export interface NamedTask {
  id: string;
  kind: string;
}
export interface CourseContent {
  alias?: string;
  bank?: string;
  course: string;
  course_lessons: CourseLesson[];
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "course";
}
export interface CourseLesson {
  bank: string;
  lesson: string;
  pages: CoursePage[];
  title: string;
}
export interface CoursePage {
  kind: "lesson" | "exercise";
  page: string;
  required: Required[];
}
export interface Required {
  forms?: string[][];
  group: string;
  id: string;
  outline: Outline;
  title: string;
}
export interface DrawerOutline {
  kind: "drawer";
  least: number;
}
export interface EditOutline {
  kind: "edit";
  passages: {
    id: string;
  }[];
}
export interface OrderOutline {
  items: {
    id: string;
  }[];
  kind: "order";
}
export interface SortOutline {
  items: {
    id: string;
  }[];
  kind: "sort";
}
export interface SpansOutline {
  kind: "spans";
  passages: {
    id: string;
  }[];
}
export interface ValueOutline {
  fields: (
    | {
        id: string;
        type: "number";
      }
    | {
        id: string;
        type: "date";
      }
    | {
        id: string;
        type: "text";
      }
    | {
        id: string;
        rows: string[];
        type: "table";
      }
  )[];
  kind: "value";
}
export interface VerdictOutline {
  kind: "verdict";
  qualifications: {
    id: string;
  }[];
}
export interface WrittenOutline {
  kind: "written";
  min_words: number;
}
export interface ExemplarView {
  text: string;
  why: string;
}
export interface FactView {
  id: string;
  isFault: boolean;
  text: string;
  ticked: boolean;
}
export interface FinishContent {
  alias?: string;
  bank?: string;
  copy: CopyPart;
  copy_page: string;
  course: string;
  keyed_by: string;
  language?: string;
  layers: FinishedLayer[];
  lesson: string;
  next: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  required: Required[];
  tasks: ScoredTask[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "finish";
}
export interface FinishedLayer {
  required: Lock[];
  title: string;
}
export interface Lock {
  check: boolean;
  id: string;
  lesson?: string;
  outline: Outline;
  page?: string;
  task?: string;
  title: string;
}
export interface ScoredArrowsTask {
  confidence?: boolean;
  id: string;
  key: {
    edges: {
      relation: string | null;
      source: string;
      target: string;
      weight: number;
    }[];
    kind: "arrows";
    origins: {
      [k: string]: string;
    };
  };
  kind: "arrows";
  nodes: Node[];
  relations?: Relation[];
  twin?: ScoredArrowsTask;
}
export interface ScoredChoiceTask {
  confidence?: boolean;
  id: string;
  key: {
    kind: "choice";
    options: {
      [k: string]: {
        weight: number;
      };
    };
  };
  kind: "choice";
  multiple?: boolean;
  options: {
    id: string;
  }[];
  shuffle?: boolean;
  twin?: ScoredChoiceTask;
}
export interface ScoredDrawerTask {
  confidence?: boolean;
  id: string;
  key: {
    kind: "drawer";
  };
  kind: "drawer";
  least: number;
  one_by_one?: boolean;
  twin?: ScoredDrawerTask;
}
export interface ScoredEditTask {
  confidence?: boolean;
  id: string;
  key: {
    faults: {
      id: string;
      passage: string;
      quote: string;
      repairs: string[];
      spot: string;
      weight: number;
    }[];
    keep: {
      passage: string;
      quote: string;
    }[];
    kind: "edit";
  };
  kind: "edit";
  passages: Passage[];
  twin?: ScoredEditTask;
}
export interface ScoredOrderTask {
  confidence?: boolean;
  first: string;
  id: string;
  items: Step[];
  key: {
    kind: "order";
    ranks: string[][];
  };
  kind: "order";
  last: string;
  ties?: boolean;
  twin?: ScoredOrderTask;
}
export interface ScoredSortTask {
  classes: SortClass[];
  confidence?: boolean;
  id: string;
  items: Item[];
  key: {
    items: {
      [k: string]: {
        weights: {
          [k: string]: number;
        };
      };
    };
    kind: "sort";
  };
  kind: "sort";
  twin?: ScoredSortTask;
}
export interface ScoredSpansTask {
  confidence?: boolean;
  id: string;
  key: {
    kind: "spans";
    labels: {
      [k: string]: {
        occurrence: number;
        passage: string;
        quote: string;
        weight: number;
      }[];
    };
    panel: {
      [k: string]: {
        occurrence: number;
        passage: string;
        quote: string;
        weight: number;
      }[][];
    };
  };
  kind: "spans";
  labels: Label[];
  passages: Passage[];
  tokens: {
    [k: string]: [number, number][];
  };
  twin?: ScoredSpansTask;
}
export interface ScoredValueTask {
  confidence?: boolean;
  fields: (NumberField | DateField | TextField | TableField)[];
  id: string;
  key: {
    fields: {
      [k: string]:
        | {
            share: number;
            tolerance: number;
            type: "number";
            value: number;
          }
        | {
            share: number;
            type: "date";
            value: string;
          }
        | {
            example: string;
            mentions: string[][];
            min_words: number;
            share: number;
            type: "text";
          }
        | {
            share: number;
            tolerance: number;
            type: "table";
            values: {
              [k: string]: number;
            };
          };
    };
    kind: "value";
  };
  kind: "value";
  twin?: ScoredValueTask;
}
export interface ScoredVerdictTask {
  confidence?: boolean;
  id: string;
  key: {
    decisive: {
      [k: string]: "";
    };
    kind: "verdict";
    qualifications: {
      [k: string]: {
        weight: number;
      };
    };
    support: {
      [k: string]: {
        weight: number;
      };
    };
  };
  kind: "verdict";
  most_cards: number;
  qualifications?: {
    id: string;
  }[];
  twin?: ScoredVerdictTask;
}
export interface ScoredWrittenTask {
  confidence?: boolean;
  credits?: number[];
  id: string;
  key: {
    exemplars: {
      id: string;
      level: 1 | 2 | 3 | 4;
      marks: {
        [k: string]: 1 | 2 | 3 | 4;
      };
      text: string;
    }[];
    facts: {
      id: string;
      is_fault: boolean;
      text: string;
    }[];
    kind: "written";
  };
  kind: "written";
  max_words?: number;
  min_words?: number;
  rubric?: Criterion[];
  twin?: ScoredWrittenTask;
}
export interface GuessContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  opening: Opening;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "guess";
}
export interface Opening {
  entries?: {
    [k: string]: Answer;
  };
  lesson: string;
}
export interface LevelView {
  exemplars: ExemplarView[];
  level: number;
  name: string;
  summary: string;
  text: string;
}
export interface Mark {
  end: number;
  facts: MarkFact[];
  group: string;
  id: string;
  note: string;
  quote: string;
  sentence: string;
  sources: string[];
  start: number;
  tag: string;
  title: string;
}
export interface MarkFact {
  name: string;
  text: string;
}
export interface MarkGroup {
  id: string;
  look: number;
  sign: string;
  text: string;
}
export interface MarkLayer {
  after: string[];
  groups: MarkGroup[];
  hidden_note: string;
  id: string;
  marks: Mark[];
  note: string;
  title: string;
}
export interface MarkingView {
  asked: string;
  before: string;
  canUndo: boolean;
  comments: CommentView[];
  done: number;
  facts: FactView[];
  go: string;
  heading: string;
  labels: {
    [k: string]: string;
  };
  language: string;
  levels: LevelView[];
  notes: string[];
  phase: "mark" | "break" | "end";
  place: string;
  problem: string;
  progress: string;
  revision: number;
  said: string;
  text: string;
  total: number;
}
export interface OtherLesson {
  entries?: {
    [k: string]: Answer;
  };
  lesson: string;
  tasks: ScoredTask[];
}
export interface OwnArticleContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: NamedTask[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "own";
}
export interface ProgressContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  required: Required[];
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "progress";
}
export interface ReadingContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  layers: MarkLayer[];
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  required: Lock[];
  sentences: SentenceContent[];
  sources: {
    [k: string]: SourceContent;
  };
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "reading";
}
export interface SourceContent {
  date: string;
  note: string | null;
  publisher: string;
  read: string;
  title: string;
  url: string;
  via: string | null;
}
export interface ReliabilityContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  lessons: OtherLesson[];
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: ScoredTask[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "reliability";
}
export interface SaveState {
  at: string | null;
  problem: string | null;
  revision: number;
}
export interface SubmissionContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  required: Required[];
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "submission";
}
export interface TasksContent {
  alias?: string;
  bank?: string;
  course: string;
  keyed_by: string;
  language?: string;
  lesson: string;
  notice?: string | null;
  orders?: {
    [k: string]: string[];
  };
  place?: string;
  purpose: "practice" | "graded" | "baseline";
  release?: string;
  tasks: TaskContent[];
  texts?: {
    [k: string]:
      | string
      | {
          [k: string]: string;
        };
  };
  title: string;
  view: "tasks";
}
export interface WidgetReply {
  content: string;
  id: number;
  ok: boolean;
  path: string;
  text: string;
}
export interface Learner {
  alias: string;
}
export interface AnswerFile {
  answers: {
    [k: string]: Answer;
  };
  bank: string;
  course: string;
  handed_in: string | null;
  learner: Learner;
  lesson: string;
  orders: {
    [k: string]: string[];
  } | null;
  release: string | null;
  saved: string;
  schema: "copydesk/answers/1";
}
