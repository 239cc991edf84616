import type { JsonValue } from "./json.ts";

/**
 * Makes a schema's inferred type readonly all the way down; model shapes are never edited in place. JSON of unknown
 * shape is readonly already and recursive, so it is left as it is.
 */
export type DeepReadonly<T> = [JsonValue] extends [T]
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : T extends object
      ? string extends keyof T
        ? T
        : { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
      : T;
