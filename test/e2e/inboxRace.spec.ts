import { access } from "node:fs/promises";
import { join } from "node:path";
import { inbox, openApp } from "./screen.ts";
import { expect, test } from "./stage.ts";

test("of two people who answer one request the second is told kindly", async ({ page, browser, stage }) => {
  const { projectPath } = await stage.startSession("shop", { prompt: "RUN_BASH touch raced.txt" });
  await openApp(page, stage.host());
  const elsewhere = await browser.newContext();
  const late = await elsewhere.newPage();
  // The late page hears nothing from the host while it is held, so it decides on what it last saw.
  let isHeld = false;
  const heldBack: (() => void)[] = [];
  await late.routeWebSocket(/\/api\/v1\/socket$/u, (socket) => {
    const host = socket.connectToServer();
    host.onMessage((message) => (isHeld ? void heldBack.push(() => socket.send(message)) : socket.send(message)));
  });
  await openApp(late, stage.host());
  const lateCard = inbox(late).getByRole("article", { name: "Wants to run a command" });
  await expect(lateCard.getByRole("button", { name: /^Deny/u })).toBeVisible();

  isHeld = true;
  await inbox(page)
    .getByRole("button", { name: /^Allow/u })
    .click();
  await expect(inbox(page).getByRole("listitem").filter({ hasText: "raced.txt" })).toContainText("Allowed");
  await lateCard.getByRole("button", { name: /^Deny/u }).click();
  await expect.poll(() => heldBack.length).toBeGreaterThan(1);
  isHeld = false;
  for (const deliver of heldBack) deliver();

  await expect(late.getByText("This request is already answered")).toBeVisible();
  await expect(inbox(late).getByRole("listitem").filter({ hasText: "raced.txt" })).toContainText("Allowed");
  await expect
    .poll(() =>
      access(join(projectPath, "raced.txt")).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await elsewhere.close();
});
