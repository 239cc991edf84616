import { describe, expect, test } from "vitest";
import { createUiStore, shownFolds } from "../../../../renderer/stores/uiStore.ts";
import { type KeyStore, readPreferences } from "../../../../renderer/stores/uiPreferences.ts";

const defaults = {
  chosenSessionId: null,
  tab: "stream",
  filter: "all",
  theme: "system",
  panels: { sessions: 21, session: 53, inbox: 26 },
};

function holding(text: string | null): KeyStore & { readonly written: readonly string[] } {
  const written: string[] = [];
  return { written, getItem: () => text, setItem: (_key, value) => void written.push(value) };
}

describe("preferences", () => {
  test.each([
    ["nothing kept", null, {}],
    ["not JSON", "{", {}],
    ["not an object", "7", {}],
    ["another version", JSON.stringify({ version: 0, theme: "dark" }), {}],
    ["one good field, one bad", JSON.stringify({ version: 1, theme: "dark", tab: "diff" }), { theme: "dark" }],
    [
      "a width that hides a column",
      JSON.stringify({ version: 1, panels: { sessions: 0, session: 50, inbox: 50 } }),
      {},
    ],
  ])("read from %s", (_name, text, expected) => {
    expect(readPreferences(holding(text))).toEqual({ ...defaults, ...expected });
  });

  test("survive the next visit", () => {
    const first = holding(null);
    const store = createUiStore(first);
    store.getState().chooseSession("one");
    store.getState().setPreferences({ theme: "dark", filter: "live" });
    expect(readPreferences(holding(first.written.at(-1) ?? null))).toEqual({
      ...defaults,
      chosenSessionId: "one",
      theme: "dark",
      filter: "live",
    });
  });

  test("a storage that refuses costs nothing", () => {
    const refusing: KeyStore = {
      getItem: () => null,
      setItem: () => {
        throw new Error("quota");
      },
    };
    const store = createUiStore(refusing);
    store.getState().setPreferences({ theme: "light" });
    expect(store.getState().theme).toBe("light");
  });
});

test("asking for a place opens the drawer that holds it, on the page of the sessions", () => {
  const store = createUiStore(null);
  store.getState().showPage("processes");
  const seen = (["inbox", "search", "composer"] as const).map((place) => {
    store.getState().requestFocus(place);
    const { focusRequest, drawer } = store.getState();
    return [focusRequest, drawer];
  });
  store.getState().endFocusRequest();
  expect([...seen, store.getState().focusRequest, store.getState().page]).toEqual([
    ["inbox", "inbox"],
    ["search", "sessions"],
    ["composer", null],
    null,
    "sessions",
  ]);
});

test("what is searched for is not hidden by what was folded before, and folding it is forgotten with it", () => {
  const store = createUiStore(null);
  store.getState().foldProject("/a", "collapsed");
  store.getState().setQuery("x");
  const atFirst = shownFolds(store.getState());
  store.getState().foldProject("/b", "collapsed");
  const folded = shownFolds(store.getState());
  store.getState().setQuery("");
  expect([atFirst, folded, shownFolds(store.getState())]).toEqual([{}, { "/b": "collapsed" }, { "/a": "collapsed" }]);
});

test("a project is folded, unfolded whole, and as it was", () => {
  const store = createUiStore(null);
  const seen = (["collapsed", "whole", null] as const).map((fold) => {
    store.getState().foldProject("/a", fold);
    return store.getState().folds;
  });
  expect(seen).toEqual([{ "/a": "collapsed" }, { "/a": "whole" }, {}]);
});
