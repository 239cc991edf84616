/** Narrows the unknown JSON body of `POST /v1/messages` to the few fields that scenes look at. Missing or odd parts become empty. */

export type ApiBlock = {
  readonly type: string;
  /** Text of a text block; flattened text of a tool_result. */
  readonly text: string;
  /** Id of a tool_use, or the id of the tool_use that a tool_result answers. */
  readonly id: string;
  readonly name: string;
  readonly isError: boolean;
};

export type ApiMessage = { readonly role: string; readonly blocks: readonly ApiBlock[] };

export type ApiRequest = {
  readonly model: string;
  readonly stream: boolean;
  readonly system: string;
  readonly messages: readonly ApiMessage[];
  readonly toolNames: readonly string[];
};

export function readMessages(body: unknown): ApiRequest {
  const fields = asRecord(body);
  return {
    model: asString(fields["model"]),
    stream: fields["stream"] === true,
    system: flatten(fields["system"]),
    messages: asArray(fields["messages"]).map(readMessage),
    toolNames: asArray(fields["tools"]).map((tool) => asString(asRecord(tool)["name"])),
  };
}

function readMessage(value: unknown): ApiMessage {
  const fields = asRecord(value);
  const content = fields["content"];
  const blocks = typeof content === "string" ? [{ type: "text", text: content }] : asArray(content);
  return { role: asString(fields["role"]), blocks: blocks.map(readBlock) };
}

function readBlock(value: unknown): ApiBlock {
  const fields = asRecord(value);
  const type = asString(fields["type"]);
  return {
    type,
    text: type === "tool_result" ? flatten(fields["content"]) : asString(fields["text"]),
    id: asString(type === "tool_result" ? fields["tool_use_id"] : fields["id"]),
    name: asString(fields["name"]),
    isError: fields["is_error"] === true,
  };
}

/** Joins a string or a list of text blocks into one text. */
function flatten(value: unknown): string {
  if (typeof value === "string") return value;
  return asArray(value)
    .map((block) => asString(asRecord(block)["text"]))
    .join("\n");
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asString(value: unknown): string {
  return typeof value === "string" ? value : "";
}
