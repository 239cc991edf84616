/**
 * `ask_roundtrip`: a permission request that is allowed as soon as it is seen, through the host and without it, on the
 * real CLI with the scripted API; one session each, asked in turn.
 * First result: from the request seen (by the client, by the bare driver) to the tool's result seen there. Second: from
 * the model being asked, which is the same moment for both and has the way of the request to the client in it as well.
 */
import { claudePath } from "../../support/claudeEnvironment.ts";
import { driveDuplex, type DuplexDriver, duplexArgs, field } from "../../support/duplexDriver.ts";
import { type ScriptedApi, startScriptedApi } from "../../support/scriptedApi/scriptedApi.ts";
import type { FigureRun } from "../figure.ts";
import { connectHost, type Following, type HostClient } from "../host/hostClient.ts";
import { type BenchHost, withHost } from "../host/withHost.ts";
import { compare, millisecondsBetween, now, type PairedSamples, runInPairs } from "../measure.ts";

const PAIRS = 60;
const WARM_UPS = 5;
const LIMIT = { ratio: 1.05 };

/** When the model was asked, when the request was seen, when the result was. */
type Moments = { readonly modelAskedNs: bigint; readonly requestSeenNs: bigint; readonly resultSeenNs: bigint };

/** Plays one tool call that asks; the command is its own. */
type Asker = (command: string) => Promise<Moments>;

export async function askRoundtrip({ report, progress }: FigureRun): Promise<void> {
  const api = await startScriptedApi();
  try {
    await withHost({ claudePath, apiUrl: api.url }, async (host) => {
      const client = await connectHost(host);
      const ours = await askThroughHost(host, client, api);
      const { driver, ask: bare } = await askBare(host, api);
      const samples = await runAskers(ours, bare, progress);
      driver.endInput();
      await driver.exited;
      client.close();
      const fromRequest =
        "permission request seen and allowed at once → tool result seen, divided by the same for the bare CLI";
      report({ what: fromRequest, unit: "ms", ...compare(samples.fromRequest), limit: LIMIT });
      const fromModel =
        "model asked → permission request allowed → tool result seen, divided by the same for the bare CLI";
      report({ what: fromModel, unit: "ms", ...compare(samples.fromModel), limit: LIMIT });
    });
  } finally {
    await api.close();
  }
}

type AskSamples = { readonly fromRequest: PairedSamples; readonly fromModel: PairedSamples };

async function runAskers(ours: Asker, bare: Asker, progress: FigureRun["progress"]): Promise<AskSamples> {
  const fromModel = { ours: [] as number[], bare: [] as number[] };
  const timed =
    (ask: Asker, side: keyof PairedSamples) =>
    async (index: number): Promise<number> => {
      const { modelAskedNs, requestSeenNs, resultSeenNs } = await ask(`touch ${side}-${index}`);
      if (index >= WARM_UPS) fromModel[side].push(millisecondsBetween(modelAskedNs, resultSeenNs));
      return millisecondsBetween(requestSeenNs, resultSeenNs);
    };
  const sides = { ours: timed(ours, "ours"), bare: timed(bare, "bare") };
  const fromRequest = await runInPairs({ pairs: PAIRS, warmUps: WARM_UPS, ...sides, progress });
  return { fromRequest, fromModel };
}

/** Resolves with the moment at which the model is asked to answer this prompt. */
async function modelAsked(api: ScriptedApi, command: string): Promise<bigint> {
  await api.waitForRequest(({ conversation }) => conversation.step === 0 && conversation.argument === command);
  return now();
}

async function askThroughHost(host: BenchHost, client: HostClient, api: ScriptedApi): Promise<Asker> {
  const cwd = await host.environment.projectDir("ask-ours");
  const { sessionId } = await client.request("sessions.start", { cwd });
  const feed: Following = await client.follow({ kind: "session", sessionId });
  return async (command) => {
    const asked = modelAsked(api, command);
    const requested = feed.until(
      (event) => event.type === "permission.requested" && event.data.permission.input["command"] === command,
    );
    const { payloadId } = await client.request("payloads.send", {
      sessionId,
      kind: "message",
      text: `RUN_BASH: ${command}`,
    });
    const { event, atNs: requestSeenNs } = await requested;
    if (event.type !== "permission.requested") throw new Error("The feed gave another event than it was asked for.");
    const { permissionId, toolUseId } = event.data.permission;
    void client.request("permissions.decide", { permissionId, behavior: "allow" });
    const result = await feed.until((later) => later.type === "tool.finished" && later.data.toolUseId === toolUseId);
    await feed.until((later) => later.type === "turn.completed" && later.data.payloadIds.includes(payloadId));
    return { modelAskedNs: await asked, requestSeenNs, resultSeenNs: result.atNs };
  };
}

async function askBare(
  host: BenchHost,
  api: ScriptedApi,
): Promise<{ readonly driver: DuplexDriver; readonly ask: Asker }> {
  const cwd = await host.environment.projectDir("ask-bare");
  const driver = driveDuplex({ command: claudePath, args: duplexArgs, cwd, env: host.environment.env });
  await driver.control({ subtype: "initialize" });
  const ask: Asker = async (command) => {
    const from = driver.lines.length;
    const asked = modelAsked(api, command);
    driver.say(`RUN_BASH: ${command}`);
    const { fields } = await driver.waitFor((line) => field(line, "request", "subtype") === "can_use_tool", from);
    const requestSeenNs = now();
    driver.write(allowing(fields));
    await driver.waitFor((line) => line["type"] === "user" && line["tool_use_result"] !== undefined, from);
    const resultSeenNs = now();
    await driver.waitFor((line) => line["type"] === "result", from);
    return { modelAskedNs: await asked, requestSeenNs, resultSeenNs };
  };
  return { driver, ask };
}

function allowing(request: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const response = { behavior: "allow", updatedInput: field(request, "request", "input") };
  return { type: "control_response", response: { subtype: "success", request_id: request["request_id"], response } };
}
