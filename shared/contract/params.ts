import { z } from "zod";
import { jsonObjectSchema } from "../model/jsonSchema.ts";
import { deliverySchema, payloadKindSchema } from "../model/payload.ts";
import { permissionStatusSchema, rememberSchema } from "../model/permission.ts";
import { messageDirectionSchema } from "../model/recentMessage.ts";
import { searchRoleSchema } from "../model/search.ts";
import { labelTextSchema, permissionModeSchema, sessionOwnerSchema } from "../model/session.ts";
import { timestampSchema } from "../model/time.ts";
import { MAX_BROADCAST_TARGETS, MAX_METADATA_BYTES, MAX_PAGE_SIZE, MAX_PAYLOAD_BYTES } from "./limits.ts";

const id = z.string().min(1).max(200);
const directory = z.string().min(1).max(4096);
const text = z.string().max(100_000);

function utf8Length(value: string): number {
  let bytes = 0;
  for (const character of value) {
    const codePoint = character.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const cursor = z.string().max(200).optional().describe("The `nextCursor` of the page before.");
const limit = z.number().int().min(1).max(MAX_PAGE_SIZE).default(100);

export const none = z.object({});
export const page = z.object({ limit, cursor });
export const session = z.object({ sessionId: id });
export const payload = z.object({ payloadId: id });
export const permission = z.object({ permissionId: id });

export const directoriesList = z.object({
  path: directory.optional().describe("An absolute directory; the home directory when missing."),
});

export const sessionsList = z.object({
  live: z.boolean().optional().describe("Only sessions that a process has open, or only those that none has."),
  owner: sessionOwnerSchema.optional(),
  project: directory.optional().describe("Only sessions of this working directory."),
  state: z.string().max(40).optional().describe("Only sessions whose `activity.kind` this is."),
  parent: id.optional().describe("Only sessions that were forked or resumed from this one."),
  q: z
    .string()
    .max(200)
    .optional()
    .describe("Only sessions of which title, label, project, branch, id and model hold every word of this."),
  limit,
  cursor,
});

export const sessionsStart = z
  .object({
    cwd: directory
      .optional()
      .describe("The absolute working directory; without it a resumed session goes on where it was."),
    prompt: z.string().max(MAX_PAYLOAD_BYTES).optional().describe("The first message."),
    model: z.string().min(1).max(200).optional(),
    permissionMode: permissionModeSchema.optional(),
    resume: id.optional().describe("The id of the session to continue."),
    fork: z.boolean().optional().describe("With `resume`: continue in a copy with an id of its own."),
    // The CLI takes an id in capitals for another session (measured on 2.1.329).
    sessionId: z.uuid().toLowerCase().optional().describe("The id that the new session shall have."),
    name: z.string().min(1).max(200).optional(),
    label: labelTextSchema
      .optional()
      .describe(
        "A person, a client or a purpose to add costs up by. Missing: a fork has its parent's, others what they had.",
      ),
    appendSystemPrompt: text.optional(),
    allowedTools: z.array(z.string().min(1).max(500)).max(200).optional(),
    disallowedTools: z.array(z.string().min(1).max(500)).max(200).optional(),
    additionalDirectories: z.array(directory).max(50).optional(),
    mcpConfig: z.array(text).max(20).optional().describe("Files or JSON texts, as `--mcp-config` takes them."),
    maxTurns: z.number().int().min(1).max(10_000).optional(),
    maxBudgetUsd: z.number().positive().max(1_000_000).optional(),
  })
  .refine(({ cwd, resume }) => cwd !== undefined || resume !== undefined, {
    path: ["cwd"],
    // Whatever else is wrong: a form tells all at once.
    when: ({ value }) => typeof value === "object" && value !== null,
    error: "A new session needs a directory.",
  });

const place = z.number().int();

export const sessionsEvents = z.object({
  sessionId: id,
  after: place.optional().describe("Only events with a greater `seq`."),
  before: place.optional().describe("Only events with a smaller `seq`."),
  subagent: id.optional().describe("Only events of the sub-agent that the tool call with this id started."),
  limit: z.number().int().min(1).max(2000).default(500),
});

export const sessionsSeek = z.object({
  sessionId: id,
  mark: z.enum(["turn", "question", "error", "change"]).describe("What to look for; `change` is a changed file."),
  direction: z.enum(["next", "previous"]),
  from: place.optional().describe("The `seq` to look from; the end when missing, or the start with `next`."),
});

export const sessionsCall = z.object({
  sessionId: id,
  toolUseId: id.describe("The id of the tool call."),
});

export const sessionsExport = z.object({
  sessionId: id,
  format: z.enum(["markdown", "html", "json"]),
  // It names the places in the files of nested sub-agents.
  cursor: z.string().max(2_000).optional().describe("The `nextCursor` of the part before."),
});

export const processesStop = z.object({
  pid: z.number().int().positive(),
  startIdentity: z.string().min(1).max(200).describe("As the list of processes told it."),
});

export const searchQuery = z.object({
  q: z.string().trim().min(1).max(400).describe("Words, all of which must occur; a phrase in double quotes."),
  project: directory.optional(),
  from: timestampSchema.optional().describe("Only what was said at or after this time."),
  to: timestampSchema.optional().describe("Only what was said before this time."),
  role: searchRoleSchema.optional(),
  tool: z.string().min(1).max(200).optional().describe("Only messages of turns in which this tool was called."),
  state: z.string().max(40).optional().describe("Only sessions whose `activity.kind` this is."),
  limit: z.number().int().min(1).max(100).default(30),
  cursor,
});

export const settingsChange = z.object({
  extraRoots: z.array(directory).max(50).optional().describe("Further configuration folders, beside the CLI's own."),
  searchEnabled: z.boolean().optional(),
});

export const sessionsSetMode = z.object({ sessionId: id, mode: permissionModeSchema });
export const sessionsSetModel = z.object({ sessionId: id, model: z.string().min(1).max(200) });
export const sessionsLabel = z.object({
  sessionId: id,
  label: labelTextSchema.describe("A person, a client or a purpose to add costs up by; empty: none any more."),
});
export const sessionsRename = z.object({ sessionId: id, title: z.string().trim().min(1).max(200) });

const payloadContent = {
  kind: payloadKindSchema,
  text: z
    .string()
    .refine((value) => value.trim().length > 0, "The text is empty. Write what the session shall read.")
    .refine((value) => utf8Length(value) <= MAX_PAYLOAD_BYTES, {
      message: "The text is over 1 MiB. Put it in a file and send the file's path.",
      params: { tooLarge: true },
    }),
  metadata: jsonObjectSchema
    .refine((value) => utf8Length(JSON.stringify(value)) <= MAX_METADATA_BYTES, {
      message: "The metadata is over 16 KiB. Put it in the text.",
      params: { tooLarge: true },
    })
    .default({}),
  delivery: deliverySchema.optional().describe("The kind's own default when missing."),
  sender: z.string().min(1).max(120).optional().describe("Who sends it; the client's name when missing."),
  composedAt: timestampSchema.optional().describe("The time shown in the frame; now when missing."),
};

export const payloadsSend = z.object({
  sessionId: id,
  payloadId: z.uuid().toLowerCase().optional().describe("Chosen by the sender to make a retry harmless."),
  ...payloadContent,
});

export const payloadsList = z.object({ sessionId: id, limit, cursor });

export const messagesRecent = z.object({
  sessionId: id.optional().describe("Only messages to and from this session."),
  direction: messageDirectionSchema.optional(),
  limit,
  cursor,
});

export const broadcastsSend = z.object({
  ...payloadContent,
  targets: z.array(id).min(1).max(MAX_BROADCAST_TARGETS).describe("Session ids."),
});

export const permissionsList = z.object({
  status: permissionStatusSchema.optional(),
  sessionId: id.optional(),
  limit,
  cursor,
});

export const permissionsDecide = z.object({
  permissionId: id,
  behavior: z.enum(["allow", "deny"]),
  message: text.optional().describe("With deny: what the model reads as the reason."),
  updatedInput: jsonObjectSchema.optional().describe("With allow: the input to run instead of the one asked for."),
  remember: rememberSchema.default("once").describe("With allow: keep the CLI's suggested rules for this long."),
  interrupt: z.boolean().default(false).describe("With deny: stop the turn as well."),
});
