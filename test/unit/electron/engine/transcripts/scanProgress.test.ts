import { describe, expect, it } from "vitest";
import { ProgressMeter, type ScanProgress } from "../../../../../electron/engine/transcripts/scanProgress.ts";
import { secondsLeft } from "../../../../../electron/engine/transcripts/secondsLeft.ts";

describe("seconds left", () => {
  it.each([
    ["at the pace so far", { bytesRead: 100, bytesLeft: 900, elapsedMs: 1000 }, 9],
    ["a part of a second is one", { bytesRead: 900, bytesLeft: 1, elapsedMs: 1000 }, 1],
    ["nothing read yet", { bytesRead: 0, bytesLeft: 900, elapsedMs: 5000 }, null],
    ["too early to tell", { bytesRead: 100, bytesLeft: 900, elapsedMs: 100 }, null],
    ["nothing left", { bytesRead: 100, bytesLeft: 0, elapsedMs: 1000 }, null],
    ["a file shrank meanwhile", { bytesRead: 100, bytesLeft: -5, elapsedMs: 1000 }, null],
  ])("%s", (_, pace, seconds) => {
    expect(secondsLeft(pace)).toBe(seconds);
  });
});

describe("the progress of a scan", () => {
  it("counts what an earlier scan read as done, but not as this one's pace, and is told ten times a second", () => {
    let nowMs = 1000;
    const told: ScanProgress[] = [];
    const meter = new ProgressMeter(
      () => nowMs,
      (progress) => told.push(progress),
    );
    nowMs = 1400;
    meter.begin({ filesDone: 10, filesTotal: 13, bytesDone: 1000, bytesTotal: 1300 });
    nowMs = 1450;
    meter.add(100);
    nowMs = 2000;
    meter.add(100);
    meter.add(100);
    nowMs = 2001;
    meter.tell();
    const totals = { filesTotal: 13, bytesTotal: 1300 };
    expect(told).toEqual([
      { ...totals, filesDone: 10, bytesDone: 1000, elapsedMs: 400, secondsLeft: null },
      { ...totals, filesDone: 12, bytesDone: 1200, elapsedMs: 1000, secondsLeft: 1 },
      { ...totals, filesDone: 13, bytesDone: 1300, elapsedMs: 1001, secondsLeft: null },
    ]);
  });

  it("moves within a file, which counts once it is read whole", () => {
    let nowMs = 0;
    const told: ScanProgress[] = [];
    const meter = new ProgressMeter(
      () => nowMs,
      (progress) => told.push(progress),
    );
    meter.begin({ filesDone: 0, filesTotal: 1, bytesDone: 0, bytesTotal: 1000 });
    nowMs = 1000;
    meter.advance(200);
    nowMs = 2000;
    meter.add(800);
    expect(told.slice(1)).toMatchObject([
      { filesDone: 0, bytesDone: 200, secondsLeft: 4 },
      { filesDone: 1, bytesDone: 1000, secondsLeft: null },
    ]);
  });
});
