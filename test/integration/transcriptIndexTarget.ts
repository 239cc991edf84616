/** A process that indexes one root and says how far it is; to be killed. Arguments: root, data directory. */
import { openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

const [root = "", dataDir = ""] = process.argv.slice(2);
const { index, close } = await openIndexUnderTest({
  roots: [root],
  dataDir,
  onProgress: ({ filesDone }) => process.stdout.write(`${filesDone}\n`),
});
await index.scan();
if (process.argv[4] === "watch") {
  await index.watch();
  process.stdout.write("watching\n");
} else {
  await close();
  process.stdout.write("done\n");
}
