/**
 * `event_path`: how long a line of the child takes to a client, at a steady thousand lines a second.
 * From: the child is about to write the line; its pipe takes it at once. To: the frame has arrived at a WebSocket client
 * in another process, before it is parsed; and, inside of that, to the host's handing the frame to the socket.
 */
import { fileURLToPath } from "node:url";
import type { FigureRun } from "../figure.ts";
import { connectHost } from "../host/hostClient.ts";
import { probeArguments, probeEnvironment, type ProbeNote, readProbeLog } from "../host/probeLog.ts";
import { type BenchHost, withHost } from "../host/withHost.ts";
import { millisecondsBetween, summarise } from "../measure.ts";

const LINES_A_SECOND = 1_000;
const LINES = 10_000;
/** What is still being compiled and opened at the beginning is no steady pace. */
const WARM_UP_LINES = 1_000;
const LIMIT = { p99: 5, lost: 0 };

const pacedClaudePath = fileURLToPath(new URL("../host/pacedClaude.mjs", import.meta.url));

/** When a line was written and when it had got through, by its index. */
type Passage = { readonly writtenNs: bigint; readonly arrivedNs: bigint };
type Passages = Map<number, Passage>;

export async function eventPath({ report, progress }: FigureRun): Promise<void> {
  const atClient: Passages = new Map();
  let notes: readonly ProbeNote[] = [];
  await withHost(
    { claudePath: pacedClaudePath, env: probeEnvironment, nodeArguments: probeArguments },
    async (host) => {
      progress(`${LINES} lines at ${LINES_A_SECOND} a second`);
      await readPacedLines(host, atClient);
      await host.stop();
      notes = await readProbeLog(host.environment.home);
    },
  );
  const toSocket = summariseDelays(passagesToSocket(notes));
  const received = summariseDelays(atClient);
  const fields = { linesPerSecond: LINES_A_SECOND, limit: LIMIT };
  report({
    what: "stdout line written by the child → frame received by a WebSocket client",
    unit: "ms",
    ...received,
    ...fields,
  });
  report({
    what: "stdout line written by the child → frame handed to the socket in the host",
    unit: "ms",
    ...toSocket,
    ...fields,
  });
}

async function readPacedLines(host: BenchHost, passages: Passages): Promise<void> {
  const client = await connectHost(host);
  const cwd = await host.environment.projectDir("paced");
  const { sessionId } = await client.request("sessions.start", { cwd });
  const { promise: complete, resolve: setComplete } = Promise.withResolvers<void>();
  await client.watch(
    { kind: "session", sessionId },
    {
      onEvent: (event, arrivedNs) => {
        if (event.type !== "assistant.delta") return;
        notePassage(passages, event.data.text, arrivedNs);
        if (event.data.text.startsWith(`${LINES - 1} `)) setComplete();
      },
      onLagged: setComplete,
    },
  );
  await client.request("payloads.send", { sessionId, kind: "message", text: `PACE ${LINES} ${LINES_A_SECOND}` });
  await complete;
  client.close();
}

/** The text of a paced delta is "<index> <ns> ". */
function notePassage(passages: Passages, text: string, arrivedNs: bigint): void {
  const [index, writtenNs] = text.split(" ");
  if (index === undefined || writtenNs === undefined || !/^\d+$/u.test(writtenNs)) return;
  passages.set(Number(index), { writtenNs: BigInt(writtenNs), arrivedNs });
}

function passagesToSocket(notes: readonly ProbeNote[]): Passages {
  const passages: Passages = new Map();
  for (const { what, text, at } of notes) {
    if (what !== "frameOut") continue;
    for (const [, delta = ""] of text.matchAll(/"text":"(\d+ \d+ )"/gu)) notePassage(passages, delta, at);
  }
  return passages;
}

function summariseDelays(passages: Passages) {
  const steady = [...passages].filter(([index]) => index >= WARM_UP_LINES);
  const delays = steady.map(([, { writtenNs, arrivedNs }]) => millisecondsBetween(writtenNs, arrivedNs));
  return { ...summarise(delays), lost: LINES - passages.size };
}
