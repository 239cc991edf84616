/** The places of the screen, by the roles and names that a person with a screen reader finds them by. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { StartedHost } from "../support/startHost.ts";

/** Opens the app with its token and waits until it is connected. */
export async function openApp(page: Page, host: StartedHost): Promise<void> {
  await page.goto(host.pageUrl);
  await expect(page.getByRole("navigation", { name: "Sessions" })).toBeVisible();
  await expect(page.getByText("Waiting for the host…")).toHaveCount(0);
}

/** The session's row in the list. */
export function sessionRow(page: Page, title: string | RegExp): Locator {
  return page.getByRole("navigation", { name: "Sessions" }).getByRole("button", { name: title });
}

/** Chooses a session in the list and shows its transcript. */
export async function openTranscript(page: Page, title: string | RegExp): Promise<Locator> {
  await sessionRow(page, title).click();
  await page.getByRole("tab", { name: "Transcript" }).click();
  return transcript(page);
}

export function transcript(page: Page): Locator {
  return page.getByRole("region", { name: "Transcript", exact: true });
}

/** The text of the terminal that is in sight, as it is told to a screen reader. */
export async function streamText(page: Page): Promise<Locator> {
  await page.getByRole("tab", { name: "Stream" }).click();
  const stream = page.getByRole("region", { name: "Stream" });
  await stream.getByRole("checkbox", { name: "Screen reader mode" }).check();
  return stream.getByRole("list");
}

export function sessionHeader(page: Page): Locator {
  return page.getByRole("main", { name: "Session" }).locator("header");
}

export function inbox(page: Page): Locator {
  return page.getByRole("complementary", { name: "Permission inbox" });
}

export function composer(page: Page): Locator {
  return page.getByRole("region", { name: "Composer" });
}

/** Writes a payload in the composer and sends it. */
export async function sendPayload(
  page: Page,
  payload: { readonly kind: string; readonly text: string; readonly delivery?: string },
): Promise<void> {
  const place = composer(page);
  await place.getByRole("radio", { name: payload.kind, exact: true }).click();
  if (payload.delivery !== undefined) {
    await place.getByRole("combobox", { name: "Delivery" }).selectOption(payload.delivery);
  }
  await place.getByRole("textbox", { name: "Text of the payload" }).fill(payload.text);
  await place.getByRole("button", { name: "Send" }).click();
}

/** The line of a sent payload, with its receipt. */
export function sentPayload(page: Page, text: string): Locator {
  return composer(page).getByRole("region", { name: "Sent payloads" }).getByRole("listitem").filter({ hasText: text });
}

/** Waits until the receipt of a payload stands on this step. */
export async function expectReceipt(payload: Locator, state: string): Promise<void> {
  await expect(payload.getByRole("list", { name: "Receipt" }).locator('[aria-current="step"]')).toHaveText(
    new RegExp(`^${state}`, "u"),
  );
}
