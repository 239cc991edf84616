import type { ReactNode } from "react";
import { type JsonValue, isJsonObject } from "../../../shared/model/json.ts";
import { cutLine } from "../../terminal/abbreviate.ts";
import { counted } from "../../terminal/figures.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";

/** Levels that are open at first. */
const OPEN_LEVELS = 2;
/** Entries drawn of one object or list: enough to read, few enough to draw. */
const MAX_ENTRIES = 200;
/** Characters drawn of one text. */
const MAX_TEXT_CHARS = 20_000;

/** JSON as a tree that can be folded. */
export function JsonView({ value, level = 0 }: { readonly value: JsonValue; readonly level?: number }) {
  if (isList(value)) {
    const entries = value.map((item, index) => [String(index), item] as const);
    return <Branch entries={entries} words={counted(entries.length, "item")} level={level} />;
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return <Branch entries={entries} words={counted(entries.length, "field")} level={level} />;
  }
  return <Leaf value={value} />;
}

function Branch(props: {
  readonly entries: readonly (readonly [string, JsonValue])[];
  readonly words: string;
  readonly level: number;
}) {
  const { entries, words, level } = props;
  if (entries.length === 0) return <span className="text-dim">empty</span>;
  const list = (
    <ul className={level === 0 ? "" : "border-l border-line pl-3"}>
      {entries.slice(0, MAX_ENTRIES).map(([key, value]) => (
        <li key={key} className="wrap-anywhere">
          <span className="font-mono text-xs text-accent">{visibleText(key)}</span>
          <span className="text-dim">: </span>
          <JsonView value={value} level={level + 1} />
        </li>
      ))}
      {entries.length > MAX_ENTRIES && (
        <li className="text-dim">… {counted(entries.length - MAX_ENTRIES, "more entry", "more entries")}</li>
      )}
    </ul>
  );
  if (level === 0) return list;
  return (
    <details open={level < OPEN_LEVELS} className="inline-block w-full align-top">
      <summary className="text-xs text-dim">{words}</summary>
      {list}
    </details>
  );
}

function Leaf({ value }: { readonly value: null | boolean | number | string }): ReactNode {
  if (typeof value !== "string") return <span className="font-mono text-xs text-warn">{String(value)}</span>;
  const text = visibleText(cutLine(value, MAX_TEXT_CHARS));
  if (text.includes("\n")) {
    return (
      <pre className="my-1 max-h-72 overflow-auto rounded bg-sunken px-2 py-1 font-mono text-xs whitespace-pre-wrap">
        {text}
      </pre>
    );
  }
  return <span className="font-mono text-xs whitespace-pre-wrap">{text === "" ? "“”" : text}</span>;
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
