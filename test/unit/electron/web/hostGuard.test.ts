import { describe, expect, it } from "vitest";
import { RequestError } from "../../../../shared/contract/errors.ts";
import { createHostGuard } from "../../../../electron/web/hostGuard.ts";

function verdict(host: string, header: string, origin?: string): string {
  const check = createHostGuard({ host, port: 4747, allowedOrigins: ["http://localhost:5173"] });
  try {
    check(header, origin);
    return "passes";
  } catch (error) {
    return error instanceof RequestError ? error.code : String(error);
  }
}

describe("the Host header", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1:4747", "passes"],
    ["127.0.0.1", "localhost:4747", "passes"],
    ["127.0.0.1", "LOCALHOST:4747", "passes"],
    ["127.0.0.1", "[::1]:4747", "passes"],
    ["127.0.0.1", "localhost", "wrong_host"],
    ["127.0.0.1", "localhost:4748", "wrong_host"],
    ["127.0.0.1", "evil.example:4747", "wrong_host"],
    ["127.0.0.1", "localhost.evil.example:4747", "wrong_host"],
    ["127.0.0.1", "127.0.0.1.evil.example:4747", "wrong_host"],
    ["127.0.0.1", "127.0.0.1:4747@evil.example", "wrong_host"],
    ["127.0.0.1", "192.168.1.5:4747", "wrong_host"],
    ["127.0.0.1", "", "wrong_host"],
    ["192.168.1.5", "192.168.1.5:4747", "passes"],
    ["192.168.1.5", "192.168.1.6:4747", "wrong_host"],
    ["0.0.0.0", "192.168.1.5:4747", "passes"],
    ["0.0.0.0", "[fe80::1]:4747", "passes"],
    ["0.0.0.0", "evil.example:4747", "wrong_host"],
    ["::", "192.168.1.5:4747", "passes"],
  ])("bound to %s, asked as %s: %s", (host, header, expected) => {
    expect(verdict(host, header)).toBe(expected);
  });
});

describe("the Origin header", () => {
  it.each([
    ["http://127.0.0.1:4747", "passes"],
    ["http://localhost:5173", "passes"],
    ["http://localhost:4747", "forbidden"],
    ["https://127.0.0.1:4747", "forbidden"],
    ["http://127.0.0.1:4748", "forbidden"],
    ["http://evil.example", "forbidden"],
    ["null", "forbidden"],
    ["", "forbidden"],
  ])("%s: %s", (origin, expected) => {
    expect(verdict("127.0.0.1", "127.0.0.1:4747", origin)).toBe(expected);
  });
});
