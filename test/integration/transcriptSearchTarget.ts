/** A process that builds a search over one root and says how far it is; to be killed. Arguments: root, database. */
import { openSearchUnderTest } from "./transcriptSearchUnderTest.ts";

const [root = "", path = ""] = process.argv.slice(2);
const { build, search } = openSearchUnderTest({
  root,
  path,
  onState: ({ bytesDone }) => process.stdout.write(`${bytesDone}\n`),
});
await build();
await search.dispose();
process.stdout.write("done\n");
