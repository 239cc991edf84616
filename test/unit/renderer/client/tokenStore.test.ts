import { describe, expect, it } from "vitest";
import { takeToken } from "../../../../renderer/client/tokenStore.ts";

function pageAt(hash: string, stored: Readonly<Record<string, string>> | "refuses" = {}) {
  const kept = new Map(stored === "refuses" ? [] : Object.entries(stored));
  const addresses: string[] = [];
  const guard = (): void => {
    if (stored === "refuses") throw new DOMException("denied", "SecurityError");
  };
  const page = {
    location: { hash, pathname: "/", search: "?a=1" },
    history: { replaceState: (_state: unknown, _title: string, url: string) => addresses.push(url) },
    sessionStorage: {
      getItem: (key: string) => (guard(), kept.get(key) ?? null),
      setItem: (key: string, value: string) => (guard(), void kept.set(key, value)),
    },
  };
  return { page, addresses, kept };
}

describe("takeToken", () => {
  it("takes the token from the fragment, keeps it for this tab, and clears the address", () => {
    const { page, addresses, kept } = pageAt("#token=abc-_1");
    expect(takeToken(page)).toBe("abc-_1");
    expect([addresses, [...kept.values()]]).toEqual([["/?a=1"], ["abc-_1"]]);
  });

  it("prefers the address to what the tab has", () => {
    expect(takeToken(pageAt("#token=new", { "switchboard.token": "old" }).page)).toBe("new");
  });

  it.each(["", "#", "#token=", "#other=1"])("takes the tab's own with the fragment %j, and leaves it alone", (hash) => {
    const { page, addresses } = pageAt(hash, { "switchboard.token": "old" });
    expect([takeToken(page), addresses]).toEqual(["old", []]);
  });

  it("knows none on a page that was opened without one", () => {
    expect(takeToken(pageAt("").page)).toBeNull();
  });

  it("does without storage where the browser refuses it", () => {
    expect([takeToken(pageAt("#token=abc", "refuses").page), takeToken(pageAt("", "refuses").page)]).toEqual([
      "abc",
      null,
    ]);
  });
});
