/** Transcripts of sessions whose cost can be counted in the head: few messages with whole amounts. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface PricedMessage {
  readonly model: string;
  readonly input?: number;
  readonly output?: number;
  /** That it calls. */
  readonly tools?: readonly string[];
}

export interface PricedTurn {
  readonly said: string;
  /** When it was said; its messages follow a second apart. */
  readonly at: Date;
  readonly messages: readonly PricedMessage[];
}

export interface PricedSession {
  readonly sessionId: string;
  readonly cwd: string;
  readonly turns: readonly PricedTurn[];
}

/** Writes a session's transcript into a configuration folder. */
export async function writePricedSession(configDir: string, session: PricedSession): Promise<void> {
  const folder = join(configDir, "projects", session.cwd.replaceAll(/[^A-Za-z0-9]/gu, "-"));
  await mkdir(folder, { recursive: true });
  const lines = session.turns.flatMap((turn, index) => linesOf(session, turn, index));
  await writeFile(
    join(folder, `${session.sessionId}.jsonl`),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
}

function linesOf(
  { sessionId, cwd }: PricedSession,
  { said, at, messages }: PricedTurn,
  turn: number,
): readonly object[] {
  const all = { isSidechain: false, userType: "external", cwd, sessionId, version: "2.1.329", gitBranch: "main" };
  const after = (seconds: number): string => new Date(at.getTime() + seconds * 1000).toISOString();
  const user = { type: "user", message: { role: "user", content: said } };
  return [
    { parentUuid: null, ...all, ...user, uuid: `${sessionId}-${turn}`, timestamp: after(0) },
    ...messages.map(({ model, input = 0, output = 0, tools = [] }, index) => {
      const id = `${sessionId}_${turn}_${index}`;
      const usage = {
        input_tokens: input,
        output_tokens: output,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        service_tier: "standard",
      };
      const calls = tools.map((name, place) => ({ type: "tool_use", id: `toolu_${id}_${place}`, name, input: {} }));
      const content = [{ type: "text", text: `Answer ${index + 1} to: ${said}` }, ...calls];
      const message = {
        model,
        id: `msg_${id}`,
        type: "message",
        role: "assistant",
        content,
        stop_reason: "end_turn",
        usage,
      };
      const place = { parentUuid: `${sessionId}-${turn}`, uuid: `${id}-a`, timestamp: after(index + 1) };
      return { ...all, ...place, type: "assistant", requestId: `req_${id}`, message };
    }),
  ];
}
