/** Scenes that wait for a person: two shell commands, an edit, a question and a plan. */
import type { Conversation } from "../../support/scriptedApi/conversation.ts";
import { afterDecision, type Beat, type DemoScene, playBeats } from "./demoScene.ts";

const flakyTest: DemoScene = {
  name: "bash",
  project: "orders-api",
  prompt: "Make the checkout test reliable\n\nIt fails about once a day on the build server. Find out why and fix it.",
  reply: playBeats(
    [
      {
        text: "I will start with the test itself, then look at what it waits for.\n",
        calls: [read("test/checkout.test.js")],
      },
      {
        text: "The test no longer waits for a fixed 200 ms; it checks the refund directly. To be sure, I run only the checkout tests.\n",
        calls: [bash('npm test -- --test-name-pattern="checkout"', "Run the checkout tests")],
      },
    ],
    (conversation) =>
      afterDecision(
        conversation,
        "Both checkout tests pass. The failure came from a fixed wait: on a busy server the refund was written after it. The test now waits for the refund itself.",
      ),
  ),
  reaches: "awaiting_permission",
};

const cleanUp: DemoScene = {
  name: "dangerous",
  project: "warehouse-sync",
  prompt:
    "Free the space that old exports take\n\nThe disk of the sync server is 94 % full. Only this year's exports are still needed.",
  start: { model: "haiku" },
  reply: playBeats(
    [
      {
        text: "Exports of 2024 and 2025 are no longer read by anything in this project. I remove both and show what is left.\n",
        calls: [bash("rm -rf exports/2024 exports/2025 && du -sh exports", "Remove the exports of 2024 and 2025")],
      },
    ],
    (conversation) =>
      afterDecision(conversation, "The exports of 2024 and 2025 are gone; those of 2026 are untouched."),
  ),
  reaches: "awaiting_permission",
};

const refund: DemoScene = {
  name: "edit",
  project: "orders-api",
  prompt: "Refund shipping when the whole order is cancelled\n\nToday only the goods are paid back.",
  reply: playBeats(
    [
      { text: "Let me see how a refund is worked out today.\n", calls: [read("src/refund.js")] },
      {
        text: "Shipping belongs to the refund exactly when every line of the order is cancelled. That is one more condition in `refundOf`.\n",
        calls: [
          {
            name: "Edit",
            input: {
              file_path: "src/refund.js",
              old_string: "  return goods;\n",
              new_string:
                "  const isWholeOrder = cancelledLines.length === order.lines.length;\n  return isWholeOrder ? goods + order.shippingCents : goods;\n",
              replace_all: false,
            },
          },
        ],
      },
    ],
    (conversation) =>
      afterDecision(
        conversation,
        "Done: a cancelled order is refunded with its shipping, a part of it without. `refundOf` now reads `order.lines`, so callers must pass the whole order.",
      ),
  ),
  reaches: "awaiting_permission",
};

const wishList: DemoScene = {
  name: "question",
  project: "storefront",
  prompt: "Add a wish list\n\nVisitors should be able to keep products for later.",
  start: { model: "sonnet" },
  reply: playBeats(
    [
      {
        text: "Two things decide how this is built, so I would rather ask than guess.\n",
        calls: [
          {
            name: "AskUserQuestion",
            input: {
              questions: [
                {
                  question: "Where should a wish list be kept?",
                  header: "Storage",
                  multiSelect: false,
                  options: [
                    { label: "In the browser", description: "Works without an account, stays on one device" },
                    { label: "With the account", description: "Follows the customer, needs a login first" },
                    { label: "Both", description: "Starts in the browser and moves to the account at login" },
                  ],
                },
                {
                  question: "Where should it be reachable from?",
                  header: "Entry points",
                  multiSelect: true,
                  options: [
                    { label: "Product page", description: "A heart beside the price" },
                    { label: "Search results", description: "A heart on every card" },
                    { label: "Cart", description: "“Save for later” on each line" },
                  ],
                },
              ],
            },
          },
        ],
      },
    ],
    (conversation) =>
      afterDecision(
        conversation,
        `Good, that is clear. I take it from here with:\n\n${conversation.toolResults.at(-1)?.text ?? ""}`,
      ),
  ),
  reaches: "awaiting_answer",
};

const PLAN = `# Sell each item only once

Two imports can read the same stock row before either writes it, so both believe that the last item is free.

1. **Show the fault.** A test runs two reservations of the last item at once and expects one to be refused.
2. **Reserve in one step.** Replace the read and the write in \`src/stock.js\` by one conditional update:

   \`\`\`sql
   UPDATE stock SET quantity = quantity - $1 WHERE sku = $2 AND quantity >= $1
   \`\`\`

3. **Count refusals.** A refused reservation is logged with its SKU, so that the shop sees how often it happens.

**Not part of this:** correcting orders that were oversold before. Risk: low, one function changes.
`;

const stockPlan: DemoScene = {
  name: "plan",
  project: "warehouse-sync",
  prompt:
    "Stop two imports from selling the same item twice\n\nPlan it first; I want to see it before you change anything.",
  start: { permissionMode: "plan" },
  reply: (conversation) => playBeats(planBeats(conversation), closePlan)(conversation),
  reaches: "plan_ready",
};

/** The CLI takes the plan from the file that it names, and from nowhere else (measured on 2.1.329). */
function planBeats({ planFilePath }: Conversation): readonly Beat[] {
  const written: readonly Beat[] =
    planFilePath === null
      ? []
      : [{ text: "I have read `reserve` and know what to do. I write it down.\n", calls: [write(planFilePath, PLAN)] }];
  return [
    { text: "First the code that takes items out of stock.\n", calls: [read("src/stock.js")] },
    ...written,
    { text: "", calls: [{ name: "ExitPlanMode", input: { plan: PLAN } }] },
  ];
}

function closePlan(conversation: Conversation): string {
  return afterDecision(conversation, "Thank you. I begin with the test that shows the fault.");
}

function bash(command: string, description: string): { name: string; input: Record<string, unknown> } {
  return { name: "Bash", input: { command, description } };
}

function read(path: string): { name: string; input: Record<string, unknown> } {
  return { name: "Read", input: { file_path: path } };
}

function write(path: string, content: string): { name: string; input: Record<string, unknown> } {
  return { name: "Write", input: { file_path: path, content } };
}

export const askingScenes: readonly DemoScene[] = [flakyTest, refund, wishList, stockPlan, cleanUp];
