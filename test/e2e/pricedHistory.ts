/** A history of two sessions whose cost can be counted in the head. */
import { writePricedSession } from "../support/pricedTranscript.ts";
import type { Stage } from "./stage.ts";

const DAY_MS = 86_400_000;
/** Haiku 4.5 costs 1 dollar a million tokens of input and 5 of output. */
export const HAIKU = "claude-haiku-4-5";
/** It is in no price list. */
export const UNKNOWN = "claude-mystery-1";

/** Noon, so many days ago, where the browser is. */
export function noon(daysAgo: number): Date {
  const day = new Date(Date.now() - daysAgo * DAY_MS);
  day.setHours(12, 0, 0, 0);
  return day;
}

/** Two sessions in two projects: $4.12 two days ago, $0.50 and three messages without a price four days ago. */
export async function writePricedHistory({ environment }: Stage): Promise<void> {
  const { configDir } = environment;
  await writePricedSession(configDir, {
    sessionId: "11111111-1111-4111-8111-111111111111",
    cwd: await environment.projectDir("shop"),
    turns: [
      { said: "Look at the till", at: noon(2), messages: [{ model: HAIKU, output: 24_000 }] },
      {
        said: "Rebuild the till",
        at: new Date(noon(2).getTime() + 600_000),
        messages: [
          { model: HAIKU, input: 1_000_000, output: 400_000 },
          { model: HAIKU, output: 200_000 },
        ],
      },
    ],
  });
  await writePricedSession(configDir, {
    sessionId: "22222222-2222-4222-8222-222222222222",
    cwd: await environment.projectDir("website"),
    turns: [
      {
        said: "Draw a logo",
        at: noon(4),
        messages: [
          { model: HAIKU, output: 100_000 },
          ...[1, 2, 3].map((count) => ({ model: UNKNOWN, output: count * 1000 })),
        ],
      },
    ],
  });
}
