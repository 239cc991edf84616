import type { ErrorCode, Failure } from "../../shared/contract/errors.ts";
import type { ClientFrame, HostFrame } from "../../shared/contract/frames.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import { backoff } from "./backoff.ts";
import { type Cell, createCell } from "./cell.ts";
import type { ConnectionState } from "./client.ts";
import type { ClientPipe, OpenPipe } from "./clientPipe.ts";
import { parseHostFrame } from "./parseHostFrame.ts";

/** How long a try may take from opening the pipe to the host's welcome, in milliseconds. */
const WELCOME_TIMEOUT_MS = 10_000;

/** Failures before the welcome that would come again on every try. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  "unauthorized",
  "forbidden",
  "contract_mismatch",
  "wrong_host",
  "bad_request",
]);

export interface HostConnectionOptions {
  readonly openPipe: OpenPipe;
  /** What this client calls itself in decisions, e.g. "browser". */
  readonly clientName: string;
  /** Calls back when waiting for the next try has become pointless. Returns the unsubscribe. */
  readonly onWake?: (listener: () => void) => () => void;
  /** The host said welcome; `epoch` names its run. */
  readonly onOpen: (epoch: string) => void;
  /** A frame after the welcome. */
  readonly onFrame: (frame: HostFrame) => void;
  /** An open connection is gone, or the host refused this client for good. */
  readonly onLost: () => void;
}

/** One try: its pipe, and what the host said before it ended. */
interface Attempt {
  readonly pipe: ClientPipe;
  readonly deadline: ReturnType<typeof setTimeout>;
  failure: Failure | null;
}

/**
 * Keeps one connection to the host open: says hello, waits for the welcome, tries again when it is lost.
 *
 * Owns: the pipe and the connection state. Knows nothing of: requests and feeds.
 * Invariants: at most one pipe at a time; a pipe that was given up is not heard any more; a refusal ends the trying.
 */
export class HostConnection {
  readonly state: Cell<ConnectionState> = createCell<ConnectionState>({
    status: "connecting",
    attempt: 0,
    failure: null,
    scopes: [],
    hostVersion: null,
  });
  readonly #options: HostConnectionOptions;
  readonly #stopWaking: () => void;
  #attempt: Attempt | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #isDisposed = false;

  constructor(options: HostConnectionOptions) {
    this.#options = options;
    this.#stopWaking = options.onWake?.(() => this.#wake()) ?? (() => undefined);
    this.#connect();
  }

  /** Sends a frame; only to be called while the state is `open`. */
  send(frame: ClientFrame): void {
    this.#attempt?.pipe.send(JSON.stringify(frame));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopWaking();
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#endAttempt()?.pipe.close();
  }

  #connect(): void {
    this.#retry = null;
    const isCurrent = (): boolean => this.#attempt === attempt;
    const attempt: Attempt = {
      failure: null,
      deadline: setTimeout(() => this.#giveUp(), WELCOME_TIMEOUT_MS),
      pipe: this.#options.openPipe({
        onOpen: () => {
          const { clientName } = this.#options;
          if (isCurrent()) this.send({ t: "hello", contractVersion: CONTRACT_VERSION, client: clientName });
        },
        onFrame: (text) => {
          if (isCurrent()) this.#receive(text, attempt);
        },
        onClose: (failure) => {
          if (isCurrent()) this.#lose(failure ?? attempt.failure);
        },
      }),
    };
    this.#attempt = attempt;
  }

  #receive(text: string, attempt: Attempt): void {
    const frame = parseHostFrame(text);
    if (frame === null) return this.#giveUp();
    if (frame.t === "welcome") return this.#welcome(frame, attempt);
    if (this.state.get().status === "open") return this.#options.onFrame(frame);
    if (frame.t !== "failure") return;
    attempt.failure = frame.error;
    if (REFUSALS.has(frame.error.code)) this.#giveUp();
  }

  #welcome(frame: Extract<HostFrame, { t: "welcome" }>, attempt: Attempt): void {
    clearTimeout(attempt.deadline);
    const { scopes, hostVersion, epoch } = frame;
    this.state.set({ status: "open", attempt: 0, failure: null, scopes, hostVersion });
    this.#options.onOpen(epoch);
  }

  /** Ends a try from this side: the host is silent, refuses, or does not speak frames. */
  #giveUp(): void {
    const attempt = this.#attempt;
    if (attempt === null) return;
    this.#lose(attempt.failure);
    attempt.pipe.close();
  }

  #lose(failure: Failure | null): void {
    this.#endAttempt();
    const before = this.state.get();
    const isRefused = before.status !== "open" && failure !== null && REFUSALS.has(failure.code);
    const attempt = before.attempt + 1;
    this.state.set({ ...before, status: isRefused ? "refused" : "reconnecting", attempt, failure });
    if (before.status === "open" || isRefused) this.#options.onLost();
    if (isRefused || this.#isDisposed) return;
    this.#retry = setTimeout(() => this.#connect(), backoff(attempt, Math.random()));
  }

  #endAttempt(): Attempt | null {
    const attempt = this.#attempt;
    this.#attempt = null;
    if (attempt !== null) clearTimeout(attempt.deadline);
    return attempt;
  }

  #wake(): void {
    if (this.#retry === null) return;
    clearTimeout(this.#retry);
    this.#connect();
  }
}
