/** Decides between the desktop window and the browser. */
import { displayProblem, type ElectronBinary, fetchElectron, findElectron } from "./electronBinary.ts";
import type { StartArguments } from "./startArguments.ts";

/** Electron's binary, or the reason why the browser is used. Fetches the binary where that makes sense. */
export async function chooseElectron(args: StartArguments): Promise<ElectronBinary> {
  if (args.browser) return { kind: "missing", reason: "the browser was asked for" };
  if (args.port !== null) return { kind: "missing", reason: "a port was asked for, and the desktop app has none" };
  const problem = displayProblem(process.platform, process.env);
  if (problem !== null) return { kind: "missing", reason: problem };
  const binary = await findElectron();
  return binary.kind === "found" ? binary : await fetchElectron();
}
