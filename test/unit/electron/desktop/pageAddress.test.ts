import { expect, test } from "vitest";
import { APP_PAGE_URL, isSameOrigin } from "../../../../electron/desktop/pageAddress.ts";

test.each([
  ["app://switchboard/index.html", APP_PAGE_URL, true],
  ["app://switchboard/other#x", APP_PAGE_URL, true],
  ["app://switchboard.evil/index.html", APP_PAGE_URL, false],
  ["https://switchboard/index.html", APP_PAGE_URL, false],
  ["about:blank", APP_PAGE_URL, false],
  ["data:text/html,x", "data:text/html,y", false],
  ["http://127.0.0.1:5173/x", "http://127.0.0.1:5173/", true],
  ["http://127.0.0.1:5174/x", "http://127.0.0.1:5173/", false],
  ["", APP_PAGE_URL, false],
])("%s against %s: %s", (url, pageUrl, expected) => {
  expect(isSameOrigin(url, pageUrl)).toBe(expected);
});
