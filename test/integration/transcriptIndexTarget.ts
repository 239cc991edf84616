/** A process that indexes one root into a database and says when it is done; to be killed. Arguments: root, database. */
import { openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

const [root = "", file = ""] = process.argv.slice(2);
const { index, close } = openIndexUnderTest({
  roots: [root],
  file,
  onProgress: () => process.stdout.write(`${index.state().filesDone}\n`),
});
await index.scan();
if (process.argv[4] === "watch") {
  await index.watch();
  process.stdout.write("watching\n");
} else {
  await close();
  process.stdout.write("done\n");
}
