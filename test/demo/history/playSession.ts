/** Plays a planned session: turn by turn, message by message, into the lines of its files. Nothing is later than now. */
import type { Random } from "../../bench/corpus/random.ts";
import { CliTotal } from "./cliTotal.ts";
import { ContextMeter } from "./contextMeter.ts";
import { type FilePlace, RecordWriter, type WrittenMessage } from "./recordWriter.ts";
import type { SessionPlan } from "./sessionPlan.ts";
import { changeOf, contentOf } from "./taskCode.ts";
import { type Turn, turnsOf } from "./taskTurns.ts";
import { agent, bash, grep, read, type Step, type SubagentWork, type ToolUse } from "./toolUses.ts";

export interface PlayedFile {
  /** Below the project's folder. */
  readonly path: string;
  readonly text: string;
  readonly lastMs: number;
}

export interface PlayedSession {
  readonly cwd: string;
  readonly files: readonly PlayedFile[];
}

const MINUTE_MS = 60_000;
const LARGE_READ_TOKENS = 120_000;
const CHARS_PER_TOKEN = 4;
const SUMMARY = "The work so far, in short: what was asked, what was changed, and which tests prove it.";

export interface PlayOptions {
  readonly random: Random;
  readonly plan: SessionPlan;
  readonly projectDirectory: string;
  readonly nowMs: number;
}

export function playSession(options: PlayOptions): PlayedSession {
  return new Player(options).play();
}

class Player {
  readonly #random: Random;
  readonly #plan: SessionPlan;
  readonly #nowMs: number;
  readonly #place: FilePlace;
  readonly #projectDirectory: string;
  readonly #total = new CliTotal();
  readonly #files: PlayedFile[] = [];
  #atMs: number;

  constructor({ random, plan, projectDirectory, nowMs }: PlayOptions) {
    this.#random = random;
    this.#plan = plan;
    this.#nowMs = nowMs;
    this.#projectDirectory = projectDirectory;
    this.#atMs = plan.startMs;
    const cwd = plan.worktree === null ? projectDirectory : `${projectDirectory}/.claude/worktrees/${plan.worktree}`;
    const { gitBranch, version } = plan;
    this.#place = { sessionId: random.uuid(), cwd, gitBranch, version, agentId: null };
  }

  play(): PlayedSession {
    const { customTitle, isKilled } = this.#plan;
    const writer = new RecordWriter(this.#random, this.#place);
    const meter = this.#meter(this.#random.between(17_000, 23_000), 14_000);
    if (this.#plan.worktree !== null) writer.fact("worktree-state", { worktreeSession: this.#worktree() });
    if (customTitle !== null) writer.fact("custom-title", { customTitle });
    const turns = this.#turns();
    for (const [index, turn] of turns.entries()) {
      if (this.#atMs > this.#nowMs - 3 * MINUTE_MS) break;
      if (this.#plan.isCompacted && index === turns.length - 1) this.#compact(writer, meter);
      this.#turn({ writer, meter, turn, turnIndex: index + 1 });
      writer.fact("last-prompt", { lastPrompt: turn.prompt });
      this.#atMs += this.#plan.breakAfterTurn === index + 1 ? 64 * MINUTE_MS : this.#random.between(50, 260) * 1000;
    }
    const lastMs = Math.min(this.#atMs, this.#nowMs);
    if (!isKilled) writer.fact("cost-state", { ...this.#total.costState(), startTime: this.#plan.startMs });
    const path = `${this.#place.sessionId}.jsonl`;
    return { cwd: this.#place.cwd, files: [{ path, text: textOf(writer), lastMs }, ...this.#files] };
  }

  #meter(baseTokens: number, warmTokens: number): ContextMeter {
    return new ContextMeter({
      life: this.#plan.cacheLife,
      baseTokens,
      warmTokens: this.#random.chance(0.4) ? warmTokens : 0,
    });
  }

  #worktree(): Readonly<Record<string, unknown>> {
    const { worktree, gitBranch } = this.#plan;
    const names = { worktreePath: this.#place.cwd, worktreeName: worktree, worktreeBranch: gitBranch };
    return { originalCwd: this.#projectDirectory, ...names, originalBranch: "main" };
  }

  #turns(): readonly Turn[] {
    const { task, turns, subagents, largeReadInTurn } = this.#plan;
    const random = this.#random;
    return turnsOf(random, task, turns).map((turn, index) => {
      const extra: Step[] = [];
      if (index === 0 && subagents > 0) extra.push(this.#delegation(subagents));
      if (largeReadInTurn === index + 1) extra.push(largeRead(random, this.#plan));
      return { ...turn, steps: [...extra, ...turn.steps] };
    });
  }

  #delegation(count: number): Step {
    const areas = ["the routes", "the nightly jobs", "the mails", "the admin pages", "the tests", "the documentation"];
    const works = areas.slice(0, count).map((area) => subagentWork(this.#random, this.#plan, area));
    return { text: "I let sub-agents go through the parts that touch it.\n", calls: works.map((work) => agent(work)) };
  }

  #turn({ writer, meter, turn, turnIndex }: Played & { readonly turn: Turn; readonly turnIndex: number }): void {
    writer.prompt(this.#atMs, turn.prompt, turnIndex);
    let added = Math.ceil(turn.prompt.length / CHARS_PER_TOKEN);
    const steps: readonly Step[] = [...turn.steps, { text: turn.close, calls: [] }];
    for (const step of steps) {
      added = this.#step({ writer, meter, step, added, model: this.#plan.model });
    }
  }

  /** One message and what its tools answer; gives the tokens that the answers add. */
  #step({
    writer,
    meter,
    step,
    added,
    model,
  }: Played & { readonly step: Step; readonly added: number; readonly model: string }): number {
    const random = this.#random;
    const output = outputTokens(step) + random.between(40, 700);
    this.#pass(2_500 + output * 14);
    const { text = "", thinking = "", calls } = step;
    const tokens = meter.message({ atMs: this.#atMs, added, output });
    const webSearches = calls.reduce((sum, call) => sum + call.webSearches, 0);
    const speed = this.#plan.isFast && /opus|fable/u.test(model) ? "fast" : "standard";
    const message: WrittenMessage = { atMs: this.#atMs, model, tokens, webSearches, speed, text, thinking, calls };
    const ids = writer.message(message);
    this.#total.add(message);
    for (const [index, call] of calls.entries()) {
      const toolUseId = ids[index] ?? "";
      const detail = call.subagent === null ? call.detail : this.#subagent(call.subagent, toolUseId);
      this.#pass(call.tookMs);
      writer.toolResult(this.#atMs, toolUseId, call, detail);
    }
    return calls.reduce((sum, call) => sum + call.tokens, 0);
  }

  #subagent(work: SubagentWork, toolUseId: string): unknown {
    const agentId = this.#random.hex(17);
    const writer = new RecordWriter(this.#random, { ...this.#place, agentId });
    const meter = this.#meter(9_500, 7_000);
    const model = this.#plan.helperModel;
    writer.prompt(this.#atMs, work.prompt, 1);
    let added = Math.ceil(work.prompt.length / CHARS_PER_TOKEN);
    for (const step of [...work.steps, { text: work.report, calls: [] }]) {
      added = this.#step({ writer, meter, step, added, model });
    }
    const folder = `${this.#place.sessionId}/subagents/agent-${agentId}`;
    const agentType = "general-purpose";
    const meta = {
      agentType,
      isBuiltIn: true,
      description: work.description,
      toolUseId,
      spawnDepth: 1,
      model,
      finished: true,
    };
    this.#files.push(
      { path: `${folder}.jsonl`, text: textOf(writer), lastMs: this.#atMs },
      { path: `${folder}.meta.json`, text: JSON.stringify(meta), lastMs: this.#atMs },
    );
    const content = [{ type: "text", text: work.report }];
    return { status: "completed", prompt: work.prompt, agentId, agentType, content, totalTokens: meter.contextTokens };
  }

  /** The request that writes the summary is in the CLI's total and in no record. */
  #compact(writer: RecordWriter, meter: ContextMeter): void {
    const before = meter.contextTokens;
    this.#pass(9_000);
    writer.compaction(this.#atMs, before, SUMMARY);
    this.#total.addUsd(0.02 + before * 4e-7);
    meter.compact();
  }

  #pass(milliseconds: number): void {
    this.#atMs = Math.min(this.#atMs + milliseconds, this.#nowMs);
  }
}

interface Played {
  readonly writer: RecordWriter;
  readonly meter: ContextMeter;
}

function textOf({ lines }: RecordWriter): string {
  return `${lines.join("\n")}\n`;
}

function outputTokens({ text = "", thinking = "", calls }: Step): number {
  const inputs = calls.map(({ input }) => JSON.stringify(input).length).reduce((sum, length) => sum + length, 0);
  return Math.ceil((text.length + thinking.length * 3 + inputs) / CHARS_PER_TOKEN);
}

function largeRead(random: Random, { task }: SessionPlan): Step {
  const fixture: ToolUse = {
    ...read("fixtures/orders-2026.json", contentOf(random, task), LARGE_READ_TOKENS),
    input: { file_path: "fixtures/orders-2026.json", limit: 20_000 },
  };
  return { text: "I read the recorded orders, to work with real ones.\n", calls: [fixture] };
}

function subagentWork(random: Random, { task }: SessionPlan, area: string): SubagentWork {
  const { file, symbol } = task;
  const reads = Array.from({ length: random.between(3, 7) }, (): Step => {
    const content = changeOf(random, task).before;
    return { calls: [read(file, content, random.between(2_000, 12_000)), grep(symbol, [file])] };
  });
  const check = bash({
    command: `git log --oneline -5 -- ${file}`,
    description: "Recent commits",
    stdout: "3f2c1aa Amounts\n9be01d2 Tests",
  });
  return {
    description: `Go through ${area}`,
    prompt: `Go through ${area} and report every place that uses ${symbol}. Name file and line, change nothing.`,
    steps: [...reads, { calls: [check] }],
    report: `In ${area} \`${symbol}\` is used in four places; two of them pass a value that may be missing.`,
  };
}
