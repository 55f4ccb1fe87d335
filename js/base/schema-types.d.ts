/** Made from schemas/ by `npm run types`: do not edit. Python writes every field, also one that has a default. */

export interface ArrowsKey {
  edges: KeyEdge[];
  kind: "arrows";
  origins: {
    [k: string]: string;
  };
}
export interface KeyEdge {
  relation: string | null;
  source: string;
  target: string;
  weight: number;
  why: string;
}
export interface ArrowsTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: ArrowsKey;
  kind: "arrows";
  nodes: Node[];
  points: number;
  prompt: string;
  reasons: string[];
  relations: Relation[];
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
export interface ChoiceKey {
  kind: "choice";
  options: {
    [k: string]: OptionKey;
  };
}
export interface OptionKey {
  weight: number;
  why: string;
}
export interface ChoiceTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: ChoiceKey;
  kind: "choice";
  multiple: boolean;
  options: Option[];
  points: number;
  prompt: string;
  reasons: string[];
  shuffle: boolean;
  title: string;
}
export interface Option {
  id: string;
  text: string;
}
export interface Criterion {
  id: string;
  levels: {
    [k: string]: string;
  };
  text: string;
}
export interface DateField {
  id: string;
  label: string;
  precision: "day" | "month" | "year";
  type: "date";
}
export interface DateKey {
  share: number;
  type: "date";
  value: string;
  why: string;
}
export interface DrawerKey {
  kind: "drawer";
  why: string;
}
export interface DrawerTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: DrawerKey;
  kind: "drawer";
  least: number;
  one_by_one: boolean;
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
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
export interface Item {
  id: string;
  text: string;
}
export interface ItemKey {
  weights: {
    [k: string]: number;
  };
  why: string;
}
export interface Judged {
  weight: number;
  why: string;
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
export interface NumberField {
  id: string;
  label: string;
  type: "number";
  unit: string;
}
export interface NumberKey {
  share: number;
  tolerance: number;
  type: "number";
  value: number;
  why: string;
}
export interface OrderKey {
  kind: "order";
  ranks: string[][];
  why: {
    [k: string]: string;
  };
}
export interface OrderTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  first: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  items: Step[];
  key: OrderKey;
  kind: "order";
  last: string;
  points: number;
  prompt: string;
  reasons: string[];
  ties: boolean;
  title: string;
}
export interface Step {
  id: string;
  text: string;
}
export interface Passage {
  id: string;
  note: string;
  source: string | null;
  start: number | null;
  text: string;
}
export interface Qualification {
  id: string;
  text: string;
}
export interface SortClass {
  id: string;
  note: string;
  text: string;
}
export interface SortKey {
  items: {
    [k: string]: ItemKey;
  };
  kind: "sort";
}
export interface SortTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  classes: SortClass[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  items: Item[];
  key: SortKey;
  kind: "sort";
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
}
export interface SpansKey {
  kind: "spans";
  labels: {
    [k: string]: KeySpan[];
  };
  panel: {
    [k: string]: KeySpan[][];
  };
}
export interface SpansTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: SpansKey;
  kind: "spans";
  labels: Label[];
  passages: Passage[];
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
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
export interface TableKey {
  share: number;
  tolerance: number;
  type: "table";
  values: {
    [k: string]: number;
  };
  why: string;
}
export interface TextField {
  id: string;
  label: string;
  note: string;
  type: "text";
}
export interface TextKey {
  example: string;
  mentions: string[][];
  min_words: number;
  share: number;
  type: "text";
  why: string;
}
export interface ValueKey {
  fields: {
    [k: string]: NumberKey | DateKey | TextKey | TableKey;
  };
  kind: "value";
}
export interface ValueTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  fields: (NumberField | DateField | TextField | TableField)[];
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: ValueKey;
  kind: "value";
  points: number;
  prompt: string;
  reasons: string[];
  title: string;
}
export interface VerdictKey {
  decisive: {
    [k: string]: string;
  };
  kind: "verdict";
  qualifications: {
    [k: string]: Judged;
  };
  support: {
    [k: string]: Judged;
  };
}
export interface VerdictTask {
  as_of: string;
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  claim: string;
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: VerdictKey;
  kind: "verdict";
  most_cards: number;
  points: number;
  prompt: string;
  qualifications: Qualification[];
  reasons: string[];
  title: string;
}
export interface WrittenKey {
  exemplars: Exemplar[];
  kind: "written";
}
export interface WrittenTask {
  bloom: ("remember" | "understand" | "apply" | "analyse" | "evaluate" | "create") | null;
  cards: string[];
  concept: string;
  confidence: boolean;
  context: string;
  group: "warm-up" | "worked" | "practice" | "quiz" | "exercise" | "baseline";
  hints: string[];
  id: string;
  key: WrittenKey;
  kind: "written";
  max_words: number;
  min_words: number;
  points: number;
  prompt: string;
  reasons: string[];
  rubric: Criterion[];
  title: string;
}
export interface Bank {
  baseline: string | null;
  course: string;
  formerly: string[];
  keyed_by: string;
  lesson: string;
  purpose: "practice" | "graded";
  schema: "copydesk/bank/1";
  tasks: (
    ArrowsTask | ChoiceTask | DrawerTask | OrderTask | SortTask | SpansTask | ValueTask | VerdictTask | WrittenTask
  )[];
  title: string;
}
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
    | OrderResponse
    | SortResponse
    | SpansResponse
    | ValueResponse
    | VerdictResponse
    | WrittenResponse;
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
  release: string | null;
  saved: string;
  schema: "copydesk/answers/1";
}
