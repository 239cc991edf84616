/**
 * What Node is started with to run a headless host. A flood of events is garbage within milliseconds; left alone, V8 grows
 * its young generation to over 100 MB for it, and keeps that. With 8 MB a half it is collected more often instead.
 * Hot code is compiled where it runs: threads of V8's own for that compete with those that read, and take 10 MB.
 * `npm run serve` names the same flags in package.json.
 */
export const HOST_NODE_FLAGS: readonly string[] = ["--max-semi-space-size=8", "--no-concurrent-recompilation"];
