import { expect, test } from "vitest";
import { noticeParts } from "../../../../renderer/views/noticeParts.ts";

test.each([
  ["The disk is full: it is held. Free some room.", "The disk is full:", "it is held. Free some room."],
  ["It was kept as /data/a.db.damaged-1. Go on.", "It was kept as /data/a.db.damaged-1.", "Go on."],
  ["All of it is a title.", "All of it is a title.", ""],
  ["No end", "No end", ""],
])("%s", (notice, title, text) => {
  expect(noticeParts(notice)).toEqual({ title, text });
});
