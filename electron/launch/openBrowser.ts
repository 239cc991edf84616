/** Opens an address in the person's browser. That it cannot is no error: the address is printed anyway. */
import { spawn } from "node:child_process";

interface OpenCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** What opens an address on this system. */
export function openCommandOf(platform: NodeJS.Platform, url: string): OpenCommand {
  switch (platform) {
    case "darwin":
      return { command: "open", args: [url] };
    case "win32":
      // Not `start`: that is a word of cmd.exe, which would read `&` in an address as the end of the command.
      return { command: "rundll32", args: ["url.dll,FileProtocolHandler", url] };
    default:
      return { command: "xdg-open", args: [url] };
  }
}

export function openBrowser(url: string): void {
  const { command, args } = openCommandOf(process.platform, url);
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
