/** What is said and done in a session, turn by turn, for each kind of task. Pure: the same seed gives the same words. */
import type { Random } from "../../bench/corpus/random.ts";
import type { ShopTask, TaskKind } from "./shopTasks.ts";
import { changeOf, contentOf, testOf, testText } from "./taskCode.ts";
import { bash, edit, grep, read, type Step, webSearch, write } from "./toolUses.ts";

export interface Turn {
  readonly prompt: string;
  readonly steps: readonly Step[];
  /** The last message: what came of it. */
  readonly close: string;
}

/** The first turn, and some that may follow. */
export function turnsOf(random: Random, task: ShopTask, count: number): readonly Turn[] {
  const opening = openings[task.kind](random, task);
  const later = shuffled(random, followUps(random, task)).slice(0, count - 1);
  return [opening, ...later].map((turn) => ({ ...turn, steps: withDetours(random, task, turn.steps) }));
}

/** Files that belong to what is changed: read on the way. */
const NEIGHBOURS = [
  "src/server.js",
  "src/routes.js",
  "src/mail.js",
  "src/store.js",
  "src/admin/orders.js",
  "README.md",
];

/** Most of the way is no straight line: other files are read, things are looked up and tried. */
function withDetours(random: Random, task: ShopTask, steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...Array.from({ length: random.between(0, 3) }, () => detour(random, task))]);
}

/** What is said on the way. */
const asides: readonly ((task: ShopTask, neighbour: string) => string)[] = [
  ({ symbol }, neighbour) => `\`${neighbour}\` calls \`${symbol}\` as well, so I look there first.\n`,
  ({ symbol }) => `I want to know who still passes null to \`${symbol}\`.\n`,
  ({ file }) => `There is a second copy of this logic; \`${file}\` is the one that is in use.\n`,
  () => "The comment above it says the opposite of what it does. I trust the code.\n",
  ({ symbol }) => `Before I rename anything: does a customer's saved cart still hold a \`${symbol}\`?\n`,
  (_, neighbour) => `The nightly job reads the same rows through \`${neighbour}\`.\n`,
  ({ file }) => `Refunds go another way and never reach \`${file}\`.\n`,
  () => "Two callers rely on the order of the results, though nothing promises one.\n",
  ({ symbol }) => `The voucher rules wrap \`${symbol}\`; they must not change.\n`,
  () => "The tests use a fixture from 2024 with prices in floats. I leave it and add one in cents.\n",
];

function detour(random: Random, task: ShopTask): Step {
  const neighbour = random.pick(NEIGHBOURS);
  const kinds: readonly (() => Step)[] = [
    () => ({ calls: [read(neighbour, contentOf(random, task), random.between(2_000, 14_000))] }),
    () => ({ text: random.pick(asides)(task, neighbour), calls: [callers(random, task)] }),
    () => ({ calls: [gitLog(random, neighbour)] }),
    () => ({
      thinking: `Is ${task.symbol} right where it is? Its callers know more than it does.`,
      calls: [change(random, task)],
    }),
  ];
  return random.pick(kinds)();
}

function gitLog(random: Random, path: string): ReturnType<typeof bash> {
  const stdout = `${random.hex(7)} Amounts\n${random.hex(7)} Tests for it\n${random.hex(7)} First version`;
  return bash({
    command: `git log --oneline -3 -- ${path}`,
    description: "Recent commits",
    stdout,
    tookMs: 200,
    tokens: 90,
  });
}

type Opening = (random: Random, task: ShopTask) => Turn;

const details: Readonly<Record<TaskKind, readonly string[]>> = {
  feature: [
    "Keep it small and behind no flag; design has signed it off.",
    "Look at how the neighbouring parts do it first.",
    "It goes out on Thursday, so please with tests.",
  ],
  fix: [
    "A customer reported it twice this week. Find the cause before you change anything.",
    "I can reproduce it on staging, not on my machine.",
    "It has been like this since the last release, I think.",
  ],
  question: ["No changes, just tell me.", "I need it for the planning on Monday.", "Name the files, please."],
  tests: ["We had two incidents here; I want to sleep again.", "Prefer few tests that can fail to many that cannot."],
  upgrade: ["Step by step, so that we can stop after each.", "Read the migration guide first."],
  cleanUp: ["Nothing may change for customers.", "One commit a step, please."],
};

function prompt(random: Random, { kind, title }: ShopTask): string {
  return `${title}\n\n${random.pick(details[kind])}`;
}

const openings: Readonly<Record<TaskKind, Opening>> = {
  feature: (random, task) => ({
    prompt: prompt(random, task),
    steps: [
      look(random, task, "I look at what is there before I add to it.\n"),
      { text: "The place for it is clear. I build it without touching the callers.\n", calls: [change(random, task)] },
      {
        thinking: `Who calls ${task.symbol}? If a caller passes null, the new branch must not throw.`,
        calls: [callers(random, task)],
      },
      { calls: [change(random, task), testFile(task)] },
      { text: "Now the tests.\n", calls: [runTests(random, true)] },
    ],
    close: `It works and is tested. \`${task.symbol}\` in \`${task.file}\` does the work, everything else only passes it on. One thing to decide: what should happen for guests without an address?`,
  }),
  fix: (random, task) => ({
    prompt: prompt(random, task),
    steps: [
      look(random, task, "First I want to see it fail.\n"),
      { calls: [testFile(task)] },
      { text: "A test that shows the fault:\n", calls: [runTests(random, false)] },
      {
        thinking: "It fails for the reason that was reported, so the cause is here and not in the caller.",
        calls: [change(random, task)],
      },
      { calls: [runTests(random, true)] },
    ],
    close: `Found and fixed: \`${task.symbol}\` took a missing value for an empty one. The test that failed passes now, and so do all others.`,
  }),
  question: (random, task) => ({
    prompt: prompt(random, task),
    steps: [
      { text: "I search for it.\n", calls: [callers(random, task)] },
      look(random, task, ""),
      { calls: [read(task.file, contentOf(random, task), random.between(2_500, 11_000)), callers(random, task)] },
    ],
    close: `It is decided in \`${task.file}\`, in \`${task.symbol}\`:\n\n1. What comes from the request is read once, at the top.\n2. The settings of the shop win over it.\n3. The rest is a default from 2023 that nobody has looked at since.\n\nThe third is what you see. It can be changed in one place.`,
  }),
  tests: (random, task) => ({
    prompt: prompt(random, task),
    steps: [
      look(random, task, "I read what is to be tested, and what is tested already.\n"),
      { calls: [testFile(task)] },
      { text: "One of them fails, which is what a test is for.\n", calls: [runTests(random, false)] },
      { calls: [change(random, task)] },
      { calls: [runTests(random, true)] },
    ],
    close: `Eleven tests, 40 ms. They found one fault: \`${task.symbol}\` rounds half a cent down for refunds and up for payments.`,
  }),
  upgrade: (random, task) => ({
    prompt: prompt(random, task),
    steps: [
      { text: "I read the guide and the list of what breaks.\n", calls: [guide(random, task)] },
      look(random, task, "Now where we stand.\n"),
      { calls: [change(random, task)] },
      { calls: [install(random)] },
      { calls: [change(random, task), runTests(random, false)] },
      { text: "Two calls were renamed.\n", calls: [change(random, task)] },
      { calls: [runTests(random, true)] },
    ],
    close: `Done in four steps, each of which can be released alone. What is left: \`${task.file}\` still sets an option that is now the default.`,
  }),
  cleanUp: (random, task) => ({
    prompt: prompt(random, task),
    steps: [
      { text: "Who still uses it?\n", calls: [callers(random, task)] },
      look(random, task, ""),
      { calls: [change(random, task)] },
      { calls: [change(random, task)] },
      { calls: [runTests(random, true)] },
    ],
    close: `Gone: 214 lines less, nothing changed for customers. \`${task.symbol}\` has one caller left, which I kept because a cron job may use it.`,
  }),
};

function followUps(random: Random, task: ShopTask): readonly Turn[] {
  const { file, symbol } = task;
  return [
    {
      prompt: "Good. Now the same for the admin pages.",
      steps: [
        look(random, task, "The admin pages have a copy of it.\n"),
        { calls: [change(random, task)] },
        { calls: [runTests(random, true)] },
      ],
      close: "Done there too; the copy is gone, both use the same function.",
    },
    {
      prompt: `Why did you change \`${symbol}\` and not its caller?`,
      steps: [{ thinking: "They want the reason, not another change.", calls: [callers(random, task)] }],
      close: `Because there are five callers, and four of them were wrong in the same way. The fifth is in \`${testOf(file)}\`.`,
    },
    {
      prompt: "The build server says a test is flaky. Look into it.",
      steps: [
        { calls: [runTests(random, true), runTests(random, false)] },
        { text: `It depends on which of two timers of \`${symbol}\` is first.\n`, calls: [change(random, task)] },
        {
          calls: [
            bash({
              command: "for i in $(seq 20); do npm test --silent || break; done",
              description: "Run the tests twenty times",
              stdout: "20 × 48 tests passed",
              tookMs: 64_000,
              tokens: 1_200,
            }),
          ],
        },
      ],
      close: "It was the test: it waited 50 ms. It now waits for the event itself; twenty runs in a row passed.",
    },
    {
      prompt: "Is there a library for that instead of our own code?",
      steps: [
        {
          calls: [
            webSearch(
              `${symbol} javascript library maintained`,
              "Three candidates, two of them maintained.",
              random.between(1, 3),
            ),
          ],
        },
        { calls: [webSearch(`${symbol} library size and licence`, "4 kB and 31 kB, both MIT.", 1)] },
      ],
      close:
        "There are two that are maintained. The smaller one is 4 kB and does exactly this; I would take it and delete ours.",
    },
    {
      prompt: "Write the changelog entry and commit.",
      steps: [
        { calls: [edit("CHANGELOG.md", "# Changelog\n", `# Changelog\n\n- ${task.title}.\n`)] },
        {
          calls: [bash({ command: `git commit -qam "${task.title}"`, description: "Commit", stdout: "", tookMs: 400 })],
        },
      ],
      close: "Committed with the entry at the top of the changelog.",
    },
    {
      prompt: "Measure it before and after, please.",
      steps: [
        {
          calls: [
            bash({
              command: "node scripts/measure.js --runs 50",
              description: "Measure",
              stdout: "p50 41 ms\np95 118 ms",
              tookMs: 28_000,
            }),
          ],
        },
        { calls: [change(random, task)] },
        {
          calls: [
            bash({
              command: "node scripts/measure.js --runs 50",
              description: "Measure again",
              stdout: "p50 17 ms\np95 52 ms",
              tookMs: 26_000,
            }),
          ],
        },
      ],
      close:
        "| | before | after |\n|---|---:|---:|\n| p50 | 41 ms | 17 ms |\n| p95 | 118 ms | 52 ms |\n\nMost of it was the loop that waited for each row.",
    },
    {
      prompt: "Rename it to what the domain experts call it, everywhere.",
      steps: [
        { calls: [callers(random, task)] },
        { calls: [change(random, task), change(random, task)] },
        { calls: [change(random, task)] },
        { calls: [runTests(random, true)] },
      ],
      close: "Renamed in nine files and in the API's documentation. The old name is accepted for one more release.",
    },
    {
      prompt: "What could still go wrong with this in production?",
      steps: [
        {
          thinking: "Old clients, two versions running at once, and the nightly job.",
          calls: [read(testOf(file), testText(task), random.between(1_200, 3_400))],
        },
      ],
      close:
        "Three things, the first is the likely one:\n\n1. During the rollout both versions run: the old one does not know the new field.\n2. The nightly job reads the same table, with a lock of its own.\n3. A full cache after the deploy; it empties itself within ten minutes.",
    },
  ];
}

function look(random: Random, task: ShopTask, text: string): Step {
  const calls = [read(task.file, contentOf(random, task), random.between(1_800, 9_500))];
  if (random.chance(0.5)) calls.push(read(testOf(task.file), testText(task), random.between(900, 4_000)));
  return text === "" ? { calls } : { text, calls };
}

function change(random: Random, task: ShopTask): ReturnType<typeof edit> {
  const { before, after } = changeOf(random, task);
  return edit(task.file, before, after);
}

function testFile(task: ShopTask): ReturnType<typeof write> {
  return write(testOf(task.file), testText(task));
}

function callers(random: Random, { file, symbol }: ShopTask): ReturnType<typeof grep> {
  const places = ["src/routes.js", "src/admin/orders.js", "src/jobs/nightly.js", "src/mail.js", "test/support.js"];
  return grep(symbol, [file, ...shuffled(random, places).slice(0, random.between(1, 4))]);
}

function runTests(random: Random, isGood: boolean): ReturnType<typeof bash> {
  const count = random.between(28, 96);
  const stdout = isGood
    ? `# tests ${String(count)}\n# pass ${String(count)}\n# fail 0`
    : `# tests ${String(count)}\n# pass ${String(count - 1)}\n# fail 1\n\nAssertionError: Expected values to be strictly deep-equal`;
  const tookMs = random.between(3_000, 21_000);
  return bash({
    command: "npm test",
    description: "Run the tests",
    stdout,
    tookMs,
    tokens: random.between(300, 2_600),
    failed: !isGood,
  });
}

function install(random: Random): ReturnType<typeof bash> {
  const stdout = `added ${String(random.between(3, 40))} packages, changed ${String(random.between(2, 60))} packages in 9s`;
  return bash({ command: "npm install", description: "Install", stdout, tookMs: 9_000 });
}

function guide(random: Random, { title }: ShopTask): ReturnType<typeof webSearch> {
  return webSearch(
    `${title} migration guide`,
    "The guide lists seven breaking changes; three concern us.",
    random.between(1, 2),
  );
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
