/**
 * Writes down what ccusage says of the corpus: `node test/support/ledger/captureCcusage.ts`. It is installed where the
 * benchmark has it, unless `CCUSAGE_PATH` names another.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CCUSAGE_COMMAND, CCUSAGE_VERSION, findCcusage, runCcusage } from "../../bench/figures/ccusage.ts";
import { makeCcusageCorpus } from "./ccusageCorpus.ts";

const sample = fileURLToPath(new URL("../samples/ccusageDaily.json", import.meta.url));
const home = await mkdtemp(join(tmpdir(), "switchboard-ccusage-"));
try {
  const config = join(home, "config");
  makeCcusageCorpus(config);
  const command = await findCcusage((words) => void process.stderr.write(`${words}\n`));
  const output: unknown = JSON.parse(await runCcusage({ command, config, home }));
  const madeBy = {
    program: `ccusage@${CCUSAGE_VERSION}`,
    command: `TZ=UTC ${CCUSAGE_COMMAND.join(" ")}`,
    corpus: "makeCcusageCorpus of test/support/ledger/ccusageCorpus.ts",
  };
  await writeFile(sample, `${JSON.stringify({ madeBy, output })}\n`);
} finally {
  await rm(home, { recursive: true });
}
