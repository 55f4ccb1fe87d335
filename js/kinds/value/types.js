// @ts-check
/**
 * What the fields of a value task have in common.
 *
 * @typedef {import("../../base/types.js").Host<import("../../base/shapes.js").ValueTask, import("../../base/shapes.js").ValueResponse>} ValueHost
 * @typedef {import("../../base/shapes.js").FieldValue} FieldValue
 * @typedef {{element: HTMLElement, get: () => FieldValue|undefined, set: (value: FieldValue|undefined) => void, lock: (locked: boolean) => void}} Control
 */
export {};
