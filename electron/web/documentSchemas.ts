import { z } from "zod";

/** A JSON Schema or any part of an OpenAPI document. */
export type DocumentNode = Readonly<Record<string, unknown>>;

const LOCAL_DEFINITION = "#/$defs/";
const COMPONENT = "#/components/schemas/";

/**
 * Turns zod schemas into JSON Schemas for one OpenAPI document. Zod keeps what is recursive in a schema's own `$defs`,
 * which a reference cannot reach once the schema stands inside a larger document; such definitions move to the
 * document's components, equal ones once.
 */
export class DocumentSchemas {
  readonly #components = new Map<string, unknown>();
  readonly #namesByText = new Map<string, string>();

  /** All schemas that references point to, by name. */
  get components(): DocumentNode {
    return Object.fromEntries(this.#components);
  }

  /** A schema to stand inline. `input` is what a caller may write, `output` what the host answers. */
  inline(schema: z.ZodType, io: "input" | "output"): DocumentNode {
    const { $schema: _dialect, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    const names = new Map<string, string>();
    for (const [local, definition] of Object.entries($defs)) names.set(local, this.#nameFor(definition));
    for (const [local, definition] of Object.entries($defs)) {
      this.#components.set(names.get(local) ?? local, pointOutward(definition, names));
    }
    return pointObjectOutward(root, names);
  }

  /** Adds a component under a name of its own and returns the reference to it. */
  add(name: string, component: DocumentNode): DocumentNode {
    this.#components.set(name, component);
    return { $ref: `${COMPONENT}${name}` };
  }

  #nameFor(definition: unknown): string {
    const text = JSON.stringify(definition);
    const name = this.#namesByText.get(text) ?? `Shared${this.#namesByText.size + 1}`;
    this.#namesByText.set(text, name);
    return name;
  }
}

function isObject(node: unknown): node is object {
  return typeof node === "object" && node !== null;
}

function pointOutward(node: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item) => pointOutward(item, names));
  return isObject(node) ? pointObjectOutward(node, names) : node;
}

function pointObjectOutward(node: object, names: ReadonlyMap<string, string>): DocumentNode {
  const entries = Object.entries(node).map(([key, value]) => {
    const isReference = key === "$ref" && typeof value === "string" && value.startsWith(LOCAL_DEFINITION);
    if (!isReference) return [key, pointOutward(value, names)];
    return [key, `${COMPONENT}${names.get(value.slice(LOCAL_DEFINITION.length)) ?? ""}`];
  });
  return Object.fromEntries(entries);
}
