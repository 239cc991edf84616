/**
 * The barest possible driver of a duplex `claude` child: spawn, write a line, wait for a line.
 * Used by contract tests and as the baseline of benches, so it stays free of anything the product does.
 * Invariant: stderr is drained, and every pending wait ends when the child does.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** A parsed stdout line; `raw` is its text. A line that is not a JSON object has an empty `fields`. */
export type DriverLine = { readonly raw: string; readonly fields: Readonly<Record<string, unknown>> };

export type DriverExit = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
};

export type DuplexDriver = {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Every stdout line so far, oldest first. */
  readonly lines: readonly DriverLine[];
  readonly write: (value: Readonly<Record<string, unknown>>) => void;
  readonly writeRaw: (text: string) => void;
  /** Sends a user message and answers its uuid. */
  readonly say: (text: string, extra?: Readonly<Record<string, unknown>>) => string;
  /** Sends a control request and answers the `response` of its control response. */
  readonly control: (request: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;
  /** Resolves with the first line, past or future, at or after index `from`, that the predicate accepts; rejects when the child ends first. */
  readonly waitFor: (
    predicate: (fields: Readonly<Record<string, unknown>>) => boolean,
    from?: number,
  ) => Promise<DriverLine>;
  readonly endInput: () => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<DriverExit>;
};

export type DriveOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
};

/** The flags of a duplex child, without session, model or mode. */
export const duplexArgs: readonly string[] = [
  "--print",
  "--verbose",
  "--input-format",
  "stream-json",
  "--output-format",
  "stream-json",
  "--permission-prompt-tool",
  "stdio",
  "--include-partial-messages",
  "--replay-user-messages",
];

/** Enough of stderr to say why a child died early. */
const MAX_STDERR_CHARS = 64 * 1024;

export function driveDuplex(options: DriveOptions): DuplexDriver {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const log = createLineLog();
  const exited = watchExit(child, log);
  createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (raw) =>
    log.add(parseLine(raw)),
  );
  // A write to a child that has just died must not fail the test run; its exit tells the story.
  child.stdin.on("error", () => undefined);
  function writeRaw(text: string): void {
    child.stdin.write(text);
  }
  function write(value: Readonly<Record<string, unknown>>): void {
    writeRaw(`${JSON.stringify(value)}\n`);
  }
  return {
    pid: child.pid ?? -1,
    child,
    lines: log.lines,
    write,
    writeRaw,
    say: (text, extra = {}) => {
      const uuid = crypto.randomUUID();
      write({ type: "user", uuid, message: { role: "user", content: text }, parent_tool_use_id: null, ...extra });
      return uuid;
    },
    control: async (request) => {
      const requestId = crypto.randomUUID();
      write({ type: "control_request", request_id: requestId, request });
      const line = await log.waitFor(
        (fields) => fields["type"] === "control_response" && field(fields, "response", "request_id") === requestId,
        0,
      );
      return record(line.fields["response"]);
    },
    waitFor: (predicate, from = 0) => log.waitFor(predicate, from),
    endInput: () => child.stdin.end(),
    kill: (signal) => {
      child.kill(signal);
    },
    exited,
  };
}

/** Reads a nested field: `field(fields, 'request', 'subtype')`. Undefined when any step is missing. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, name) => record(current)[name], value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function parseLine(raw: string): DriverLine {
  try {
    return { raw, fields: record(JSON.parse(raw)) };
  } catch {
    return { raw, fields: {} };
  }
}

function watchExit(child: ChildProcess, log: LineLog): Promise<DriverExit> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-MAX_STDERR_CHARS);
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      log.end(error.message);
      reject(error);
    });
    child.once("close", (code, signal) => {
      log.end(`The child ended (code ${String(code)}, signal ${String(signal)}): ${stderr}`);
      resolve({ code, signal, stderr });
    });
  });
}

type LineLog = {
  readonly lines: readonly DriverLine[];
  readonly add: (line: DriverLine) => void;
  readonly waitFor: DuplexDriver["waitFor"] extends (predicate: infer P, from?: number) => infer R
    ? (predicate: P, from: number) => R
    : never;
  readonly end: (reason: string) => void;
};

function createLineLog(): LineLog {
  const lines: DriverLine[] = [];
  const offers = new Set<(line: DriverLine, index: number) => void>();
  const rejections = new Set<(error: Error) => void>();
  let ended: string | null = null;
  return {
    lines,
    add: (line) => {
      lines.push(line);
      for (const offer of offers) offer(line, lines.length - 1);
    },
    waitFor: (predicate, from) => {
      const seen = lines.find((line, index) => index >= from && predicate(line.fields));
      if (seen !== undefined) return Promise.resolve(seen);
      if (ended !== null) return Promise.reject(new Error(ended));
      return new Promise((resolve, reject) => {
        function offer(line: DriverLine, index: number): void {
          if (index < from || !predicate(line.fields)) return;
          offers.delete(offer);
          rejections.delete(reject);
          resolve(line);
        }
        offers.add(offer);
        rejections.add(reject);
      });
    },
    end: (reason) => {
      ended = reason;
      for (const reject of rejections) reject(new Error(reason));
    },
  };
}
