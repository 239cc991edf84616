import { describe, expect, test } from "vitest";
import { emptyOrder, reorder } from "../../../../renderer/stores/sessionOrder.ts";
import {
  isSameRow,
  LATEST_SESSIONS,
  type ListRow,
  listRows,
  type ListView,
  nextSessionRow,
  pageWouldShow,
} from "../../../../renderer/views/sessions/listRows.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import { sampleSession, time } from "../stores/samples.ts";

function past(sessionId: string, seconds: number, projectPath: string): SessionSummary {
  const ended = { live: false, owner: "none", activity: { kind: "ended", exitCode: 0 } } as const;
  return sampleSession({
    sessionId,
    projectPath,
    title: `Title ${sessionId}`,
    lastActivityAt: time(seconds),
    ...ended,
  });
}

const live = sampleSession({ sessionId: "live", projectPath: "/a", startedAt: time(1) });
const observed = sampleSession({ sessionId: "observed", projectPath: "/c", startedAt: time(0), owner: "observed" });
const many = Array.from({ length: 12 }, (_, index) => past(`a${index}`, 500 - index, "/a"));
const sessions = [past("b0", 900, "/b"), live, ...many, observed];

function view(change: Partial<ListView> = {}): ListView {
  const order = reorder(
    emptyOrder,
    sessions.map((after) => ({ before: null, after })),
  );
  return { order, filter: "all", query: "", folds: {}, sessionCounts: null, ...change };
}

/** A line a row: headings with their counts, sessions with their place, what is hidden. */
function told(rows: readonly ListRow[]): readonly string[] {
  return rows.map((row) => {
    switch (row.kind) {
      case "project":
        return `# ${row.name} ${row.liveCount}/${row.count}${row.isCollapsed ? " collapsed" : ""}`;
      case "session":
        return `${row.session.sessionId} ${row.position}/${row.groupSize}`;
      case "more":
        return `${row.action} ${row.hidden}`;
    }
  });
}

const latest = Array.from({ length: LATEST_SESSIONS }, (_, index) => `a${index}`);

describe("the rows of the list", () => {
  test("projects with live sessions first, each with its latest", () => {
    expect(told(listRows(view()))).toEqual([
      "# a 1/13",
      "live 1/13",
      ...latest.map((id, index) => `${id} ${index + 2}/13`),
      "unfold 4",
      "# c 1/1",
      "observed 1/1",
      "# b 0/1",
      "b0 1/1",
    ]);
  });

  test("a project that is collapsed is its heading; one that is unfolded has everything", () => {
    const rows = told(listRows(view({ folds: { "/a": "whole", "/b": "collapsed" } })));
    expect([rows.slice(12, 15), rows.slice(-1)]).toEqual([["a10 12/13", "a11 13/13", "fold 0"], ["# b 0/1 collapsed"]]);
  });

  test("counts what the host has; an unfolded project waits for the rest", () => {
    const sessionCounts = new Map([["/a", 400]]);
    const folded = told(listRows(view({ sessionCounts })));
    const whole = told(listRows(view({ sessionCounts, folds: { "/a": "whole" } })));
    expect([folded[0], folded[10], whole[14]]).toEqual(["# a 1/400", "unfold 391", "load 387"]);
  });

  test.each<[string, Partial<ListView>, readonly string[]]>([
    ["live", { filter: "live" }, ["# a 1/1", "live 1/1", "# c 1/1", "observed 1/1"]],
    ["owned", { filter: "owned" }, ["# a 1/1", "live 1/1"]],
    ["needs you", { filter: "needsYou" }, []],
    ["a query over everything", { query: "title a11" }, ["# a 0/1", "a11 1/1"]],
    ["a query over live ones", { query: "a11", filter: "live" }, []],
    [
      "a query shows more than the latest",
      { query: "/a title" },
      ["# a 0/12", ...many.map((s, i) => `${s.sessionId} ${i + 1}/12`)],
    ],
  ])("%s", (_name, change, expected) => {
    expect(told(listRows(view(change)))).toEqual(expected);
  });
});

describe("whether a further page would show anything", () => {
  const { order } = view();
  test.each([
    ["everything is loaded", new Map([["/a", 13]]), 15, false],
    ["nobody knows what there is", null, 400, true],
    ["a project is not loaded at all", new Map([["/z", 3]]), 400, true],
    ["what is missing is folded away", new Map([["/a", 400]]), 400, false],
    ["a project could show more of its latest", new Map([["/b", 3]]), 400, true],
  ])("%s", (_name, sessionCounts, total, expected) => {
    expect(pageWouldShow({ order, sessionCounts }, total)).toBe(expected);
  });
});

test.each([
  [0, 1, 1],
  [1, 1, 2],
  [9, 1, 12],
  [12, -1, 9],
  [14, 1, 14],
  [1, -1, 1],
] as const)("from row %i by %i to row %i", (from, step, expected) => {
  expect(nextSessionRow(listRows(view()), from, step)).toBe(expected);
});

test("rows that were made anew and say the same are the same", () => {
  const [heading, first, second] = listRows(view());
  const [again, firstAgain] = listRows(view());
  if (heading === undefined || first === undefined || second === undefined) throw new Error("There are rows.");
  if (again === undefined || firstAgain === undefined) throw new Error("There are rows.");
  expect([isSameRow(heading, again), isSameRow(first, firstAgain), isSameRow(first, second)]).toEqual([
    true,
    true,
    false,
  ]);
});

test("sessions in worktrees stand with their repository, and a folder that is gone is told", () => {
  const worktree = { name: "side", path: "/side", projectPath: "/a", isGone: false };
  const added = [
    sampleSession({ sessionId: "side", projectPath: "/side", worktree, startedAt: time(2) }),
    { ...past("lost", 1, "/old"), isFolderGone: true },
  ];
  const order = reorder(
    view().order,
    added.map((after) => ({ before: null, after })),
  );
  const rows = listRows(view({ order }));
  expect(told(rows).slice(0, 3)).toEqual(["# a 2/14", "side 1/14", "live 2/14"]);
  const headings = rows.flatMap((row) => (row.kind === "project" ? [`${row.name} ${row.isGone}`] : []));
  expect(headings).toEqual(["a false", "c false", "b false", "old true"]);
});
