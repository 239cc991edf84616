/** Scenes with nothing left to do: a long answer with the help of a sub-agent, and a session that was closed. */
import { afterDecision, type DemoScene, playBeats } from "./demoScene.ts";

const SUB_AGENT_PROMPT =
  "Read the pages under src and report which of them load more than they show. Name the file and the line.";

const ANSWER = `## The product page is the slowest, because of its images

| page | size | time to show | why |
|---|---:|---:|---|
| Product | 4.1 MB | 3.8 s | every image is loaded 2400 px wide |
| Search | 1.2 MB | 1.6 s | 48 cards at once |
| Cart | 0.2 MB | 0.4 s | nothing to do |

The gallery asks for the largest width whatever the screen is (\`src/productPage.js\`, line 4):

\`\`\`js
const gallery = images.map((image) => \`<img src="\${image}?width=2400">\`).join("");
\`\`\`

1. **Let the browser choose** with \`srcset\` and \`sizes\`: about 3.3 MB less on a phone.
2. Load images below the fold late (\`loading="lazy"\`).
3. Show 12 search cards and more on demand.

The first alone brings the product page to roughly **1.2 s**.`;

const slowPages: DemoScene = {
  name: "finished",
  project: "storefront",
  prompt: "Which pages load slowest, and why?\n\nNo changes yet, just tell me where the time goes.",
  start: { model: "opus" },
  reply: playBeats(
    [
      {
        text: "I let a sub-agent go through the pages while I look at what they have in common.\n",
        calls: [
          {
            name: "Agent",
            input: {
              description: "Find pages that load too much",
              prompt: SUB_AGENT_PROMPT,
              subagent_type: "general-purpose",
              run_in_background: false,
            },
          },
        ],
      },
    ],
    () => ANSWER,
  ),
  subAgents: {
    [SUB_AGENT_PROMPT]: playBeats(
      [
        {
          text: "I read the product page and the cart.\n",
          calls: [
            { name: "Read", input: { file_path: "src/productPage.js" } },
            { name: "Read", input: { file_path: "src/cart.js" } },
          ],
        },
      ],
      () =>
        "`src/productPage.js`, line 4: every image of the gallery is asked for at 2400 px, whatever the screen. `src/cart.js` loads nothing.",
    ),
  },
  reaches: "idle",
};

const releaseNotes: DemoScene = {
  name: "ended",
  project: "orders-api",
  prompt: "Write the release notes of 2.4",
  start: { model: "haiku" },
  reply: playBeats(
    [
      { text: "I read the changelog so far.\n", calls: [{ name: "Read", input: { file_path: "CHANGELOG.md" } }] },
      {
        text: "Version 2.4 has two changes that customers notice.\n",
        calls: [
          {
            name: "Edit",
            input: {
              file_path: "CHANGELOG.md",
              old_string: "# Changelog\n",
              new_string:
                "# Changelog\n\n## 2.4.0\n\n- Cancelled orders are refunded within a day.\n- Invoices can be downloaded again.\n",
              replace_all: false,
            },
          },
        ],
      },
    ],
    (conversation) => afterDecision(conversation, "The notes of 2.4 stand at the top of `CHANGELOG.md`."),
  ),
  reaches: "awaiting_permission",
  then: { kind: "allow" },
};

const stockReport: DemoScene = {
  name: "closed",
  project: "warehouse-sync",
  prompt: "Explain what `reserve` does when stock runs out",
  start: { model: "haiku" },
  reply: playBeats(
    [{ text: "I look it up.\n", calls: [{ name: "Read", input: { file_path: "src/stock.js" } }] }],
    () =>
      "`reserve` reads the row, and answers `false` without writing when fewer items are left than were asked for. Nothing is put on a waiting list.",
  ),
  reaches: "idle",
  then: { kind: "close" },
};

export const finishedScenes: readonly DemoScene[] = [slowPages, releaseNotes, stockReport];
