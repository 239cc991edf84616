/**
 * `flood`: 200,000 partial-message lines as fast as the host reads them, with one client that reads and one that
 * subscribes, grants all the credit it may, and never reads.
 * Lost: lines that the reading client never got. Memory: the host's resident memory, less what it was before the flood,
 * sampled while it lasts; `peak` is the system's own high-water mark, which misses nothing.
 */
import type { FigureRun } from "../figure.ts";
import { connectHost } from "../host/hostClient.ts";
import { fakeClaudePath } from "../host/probeLog.ts";
import { readProcessMemory, resetPeak } from "../host/processMemory.ts";
import { type BenchHost, withHost } from "../host/withHost.ts";
import { millisecondsBetween, now, rounded, summarise } from "../measure.ts";

const LINES = 200_000;
const SAMPLE_INTERVAL_MS = 20;
const ALL_CREDIT = 1_000_000;
const LIMIT = { lost: 0, peak: 60 };

export async function flood({ report, progress }: FigureRun): Promise<void> {
  await withHost({ claudePath: fakeClaudePath, env: floodEnvironment }, async (host) => {
    const { reader, sessionId, watchFlood } = await connectReader(host);
    const idler = await connectIdler(host, sessionId);
    const before = await readProcessMemory(host.pid);
    progress(`${LINES} lines; the host begins with ${before.rssMb.toFixed(0)} MB`);
    await resetPeak(host.pid);
    const memory = sampleMemory(host.pid);
    const beganNs = now();
    await reader.request("payloads.send", { sessionId, kind: "message", text: "SAY the flood is over" });
    const { received, lagged } = await watchFlood;
    const seconds = millisecondsBetween(beganNs, now()) / 1000;
    const growth = (await memory.stop()).map((rssMb) => rssMb - before.rssMb);
    const peak = rounded((await readProcessMemory(host.pid)).peakMb - before.rssMb);
    idler.close();
    reader.close();
    report({
      what: "growth of the host's resident memory, with one client that reads and one that never does",
      unit: "MB",
      ...summarise(growth),
      peak,
      before: rounded(before.rssMb),
      lines: LINES,
      lost: LINES - received,
      timesLagged: lagged,
      linesPerSecond: Math.round(LINES / seconds),
      limit: LIMIT,
    });
  });
}

function floodEnvironment(): Readonly<Record<string, string>> {
  return { FAKE_CLAUDE_FAULT: "flood", FAKE_CLAUDE_LINES: String(LINES) };
}

type FloodSeen = { readonly received: number; readonly lagged: number };

/** The client that reads; the flood has passed it when the turn that made it is complete. */
async function connectReader(host: BenchHost) {
  const reader = await connectHost(host);
  const cwd = await host.environment.projectDir("flood");
  const { sessionId } = await reader.request("sessions.start", { cwd });
  const seen = new Uint8Array(LINES);
  let received = 0;
  let lagged = 0;
  const { promise: watchFlood, resolve } = Promise.withResolvers<FloodSeen>();
  const subscribe = (): Promise<unknown> =>
    reader.watch(
      { kind: "session", sessionId },
      {
        onEvent: (event) => {
          if (event.type === "turn.completed") resolve({ received, lagged });
          if (event.type !== "assistant.delta" || !event.data.text.startsWith("flood-")) return;
          const index = Number(event.data.text.slice("flood-".length));
          if (seen[index] === 0) received += 1;
          seen[index] = 1;
        },
        onLagged: () => {
          lagged += 1;
          void subscribe();
        },
      },
    );
  await subscribe();
  return { reader, sessionId, watchFlood };
}

async function connectIdler(host: BenchHost, sessionId: string) {
  const idler = await connectHost(host);
  await idler.watch({ kind: "session", sessionId }, { onEvent: () => undefined, credit: ALL_CREDIT });
  idler.socket.pause();
  return idler;
}

function sampleMemory(pid: number) {
  const samples: number[] = [];
  let reading: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    reading = readProcessMemory(pid).then(({ rssMb }) => samples.push(rssMb));
  }, SAMPLE_INTERVAL_MS);
  return {
    stop: async (): Promise<readonly number[]> => {
      clearInterval(timer);
      await reading;
      return samples;
    },
  };
}
