/** How a session was started, by the CLI's word for it (`cli` and `sdk-cli` measured on 2.1.329). */
const words: Readonly<Record<string, string>> = {
  cli: "terminal",
  "sdk-cli": "headless",
  "sdk-ts": "TypeScript SDK",
  "sdk-py": "Python SDK",
  "claude-vscode": "VS Code",
  "claude-desktop": "Claude desktop",
};

/** The entrypoint as a person would call it; the CLI's own word where that is not known. */
export function entrypointWords(entrypoint: string): string {
  return words[entrypoint] ?? entrypoint;
}
