/** What the build puts in place of these imports. */
declare module "*.css" {
  const text: string;
  export default text;
}
/** The views of the kinds in kinds/table.js that come with the script, and how those are scored of which the first script has the answer alone. */
declare module "kind-views/*" {
  export const KIND_VIEWS: Record<string, import("./base/types.js").KindView>;
  export const KIND_SCORINGS: Record<string, import("./base/types.js").Kind>;
}
