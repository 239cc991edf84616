import type { Page } from "@playwright/test";
import axe from "axe-core";

/** The serious and critical findings of axe on the page as it is, each with the place and the reason. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const run: unknown = Reflect.get(window, "axe");
    const found: {
      violations: { id: string; impact?: string; nodes: { target: unknown; failureSummary?: string }[] }[];
    } = await Reflect.get(Object(run), "run")(document, { resultTypes: ["violations"] });
    return found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)}: ${node.failureSummary ?? ""}`));
  });
}
