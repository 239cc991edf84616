import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What a folder may import. The most specific folder's rule holds; a folder always may import itself. */
interface Rule {
  readonly folder: string;
  /** Folders and files of this project, by prefix. */
  readonly project: readonly string[];
  /** Packages, by name; a trailing `*` stands for anything. `node:*` is Node itself. */
  readonly packages: readonly string[];
  /** Where code belongs that needs more. */
  readonly instead: string;
}

const ENGINE_TYPES = ["electron/engine/engine.ts", "electron/engine/engineLog.ts"];
const RENDERER_SHOWN = ["renderer/stores/", "renderer/components/", "renderer/client/client.ts", "shared/"];

const rules: readonly Rule[] = [
  {
    folder: "shared/model/",
    project: [],
    packages: ["zod"],
    instead: "shared/model holds shapes only: put behaviour into shared/state or shared/payloads.",
  },
  {
    folder: "shared/contract/",
    project: ["shared/model/"],
    packages: ["zod"],
    instead: "The contract is data: what acts on it belongs to a door or to electron/hosting.",
  },
  {
    folder: "shared/state/",
    project: ["shared/model/"],
    packages: [],
    instead: "A reducer is pure: gather what it needs before, and pass it in.",
  },
  {
    folder: "shared/text/",
    project: ["shared/model/"],
    packages: ["diff"],
    instead: "What is made of texts is pure: pass in what it needs.",
  },
  {
    folder: "shared/payloads/",
    project: ["shared/model/"],
    packages: [],
    instead: "Rendering a payload is pure: pass in what it needs.",
  },
  {
    folder: "electron/main.ts",
    project: ["electron/", "shared/", "package.json"],
    packages: ["electron", "pino", "env-paths", "node:*"],
    instead: "main.ts only composes.",
  },
  {
    folder: "electron/preload.ts",
    project: ["electron/desktop/", "shared/contract/"],
    packages: ["electron"],
    instead: "The preload is a pipe: logic belongs to electron/desktop or the page.",
  },
  {
    folder: "electron/headless.ts",
    project: ["electron/engine/", "electron/web/", "electron/hosting/", "electron/launch/", "shared/", "package.json"],
    packages: ["pino", "node:*"],
    instead: "headless.ts only composes.",
  },
  {
    folder: "electron/launch/",
    project: ["electron/headless.ts", "electron/launch/"],
    packages: ["vite", "zod", "node:*", "playwright-core", "electron"],
    instead: "Launch scripts start things: what runs in the app belongs to electron/desktop or electron/web.",
  },
  {
    folder: "electron/desktop/",
    project: ["electron/hosting/", ...ENGINE_TYPES, "shared/", "electron/web/securityHeaders.ts"],
    packages: ["electron", "node:*", "zod"],
    instead: "The desktop shell knows the engine by its public door only.",
  },
  {
    folder: "electron/web/",
    project: ["electron/hosting/", ...ENGINE_TYPES, "shared/"],
    packages: ["fastify", "@fastify/*", "ws", "zod", "node:*", "commander", "env-paths"],
    instead: "The web host knows the engine by its public door only.",
  },
  {
    folder: "electron/hosting/",
    project: [...ENGINE_TYPES, "electron/engine/bus/approximateSize.ts", "shared/"],
    packages: ["zod", "node:*"],
    instead:
      "Hosting binds any pipe to the engine's public door: what is about one kind of pipe belongs to web or desktop.",
  },
  {
    folder: "electron/engine/claude/",
    project: ["electron/engine/scriptBeside.ts", "shared/model/"],
    packages: ["execa", "ps-list", "zod", "node:*"],
    instead: "The adapter knows the CLI and nothing else: sessions and events belong to electron/engine/sessions.",
  },
  {
    folder: "electron/engine/permissions/",
    project: ["shared/"],
    packages: ["zod", "node:*"],
    instead: "Permissions are handed a store and a way to answer: pipes and SQL belong elsewhere.",
  },
  {
    folder: "electron/engine/bus/",
    project: ["shared/"],
    packages: [],
    instead: "The bus orders events: what they cause belongs to a listener.",
  },
  {
    folder: "electron/engine/storage/",
    project: ["electron/engine/engineLog.ts", "shared/"],
    packages: ["better-sqlite3", "zod", "node:*"],
    instead: "Storage is SQL behind interfaces: decisions belong to the folder that owns the thing stored.",
  },
  {
    folder: "electron/engine/ledger/",
    project: [
      "electron/engine/endThread.ts",
      "electron/engine/scriptBeside.ts",
      "electron/engine/engineLog.ts",
      "electron/engine/storage/",
      "resources/prices/",
      "shared/",
    ],
    packages: ["@pydantic/genai-prices", "better-sqlite3", "chokidar", "zod", "node:*"],
    instead: "The ledger knows money and messages: what caused them belongs to electron/engine/sessions.",
  },
  {
    folder: "electron/engine/sessions/",
    project: [
      "electron/engine/claude/",
      "electron/engine/permissions/",
      "electron/engine/bus/",
      "electron/engine/engine.ts",
      "shared/",
    ],
    packages: ["node:*"],
    instead: "Sessions know no SQL and no door: they are handed stores and emit events.",
  },
  {
    folder: "electron/engine/discovery/",
    project: ["shared/model/"],
    packages: ["chokidar", "ps-list", "zod", "node:*"],
    instead:
      "Discovery looks at the machine: what the CLI adapter knows is handed in, and sessions belong to electron/engine/sessions.",
  },
  ...["replay", "export"].map((folder) => ({
    folder: `electron/engine/transcripts/${folder}/`,
    project: [
      "electron/engine/transcripts/replay/",
      "electron/engine/transcripts/titleChoice.ts",
      "electron/engine/claude/",
      "electron/engine/sessions/mapping/",
      "electron/engine/bus/approximateSize.ts",
      "shared/",
    ],
    packages: ["zod", "node:*"],
    instead:
      "Records become events by the same pieces as live messages, and pages of them texts: which session is shown belongs to electron/engine/observation.",
  })),
  {
    folder: "electron/engine/transcripts/search/",
    project: [
      "electron/engine/endThread.ts",
      "electron/engine/scriptBeside.ts",
      "electron/engine/transcripts/",
      "electron/engine/storage/storageFailure.ts",
      "electron/engine/engineLog.ts",
      "shared/model/",
    ],
    packages: ["better-sqlite3", "zod", "node:*"],
    instead: "Search knows texts and words: sessions belong to electron/engine/observation.",
  },
  {
    folder: "electron/engine/observation/",
    project: [
      "electron/engine/bus/",
      "electron/engine/claude/planFile.ts",
      "electron/engine/claude/processIdentity.ts",
      "electron/engine/discovery/",
      "electron/engine/engine.ts",
      "electron/engine/engineLog.ts",
      "electron/engine/sessions/sessionDirectory.ts",
      "electron/engine/storage/transcript",
      "electron/engine/transcripts/",
      "shared/",
    ],
    packages: ["node:*"],
    instead:
      "Observation puts together what others read: files, SQL and processes belong to the folders that read them.",
  },
  {
    folder: "electron/engine/transcripts/",
    project: [
      "electron/engine/endThread.ts",
      "electron/engine/keepNewObjectsYoung.ts",
      "electron/engine/scriptBeside.ts",
      "electron/engine/storage/",
      "electron/engine/ledger/",
      "electron/engine/engineLog.ts",
      "shared/model/",
    ],
    packages: ["chokidar", "zod", "node:*"],
    instead:
      "Transcripts are read here and kept by storage: what they mean for a session belongs to electron/engine/sessions.",
  },
  {
    folder: "electron/engine/",
    project: ["electron/engine/", "shared/"],
    packages: ["node:*"],
    instead:
      "The engine is plain Node: doors belong to electron/web or electron/desktop, packages to the folder that owns what they are for.",
  },
  {
    folder: "renderer/client/",
    project: ["shared/"],
    packages: ["zod"],
    instead: "The client is a connection: state belongs to renderer/stores.",
  },
  {
    folder: "renderer/stores/",
    project: ["renderer/client/", "shared/"],
    packages: ["zustand", "zustand/*", "zod"],
    instead: "Stores know no React and no DOM: pixels belong to renderer/views.",
  },
  {
    folder: "renderer/terminal/",
    project: ["shared/", "renderer/stores/"],
    packages: ["@xterm/*"],
    instead: "The terminal turns events into text: what surrounds it belongs to renderer/views/stream.",
  },
  {
    folder: "renderer/components/",
    project: ["renderer/components/"],
    packages: ["react", "radix-ui", "lucide-react", "clsx", "tailwind-merge", "class-variance-authority"],
    instead: "Components know no session and no store: what does belongs to renderer/views.",
  },
  {
    folder: "renderer/charts/",
    project: ["renderer/components/"],
    packages: ["react", "d3-scale", "d3-shape"],
    instead: "Charts know numbers and labels, no money and no store: what they mean belongs to renderer/views.",
  },
  {
    folder: "renderer/views/",
    project: [...RENDERER_SHOWN, "renderer/charts/", "renderer/terminal/", "renderer/views/"],
    packages: [
      "react",
      "react-dom",
      "zustand",
      "zustand/*",
      "radix-ui",
      "cmdk",
      "sonner",
      "lucide-react",
      "react-resizable-panels",
      "react-hotkeys-hook",
      "react-markdown",
      "remark-gfm",
      "remend",
      "@tanstack/react-virtual",
      "diff",
      "clsx",
      "class-variance-authority",
      "zod",
    ],
    instead: "Views reach the host through stores only.",
  },
];

/** A rule that this code broke, in words that say where it belongs. */
function brokenRule(file: string, imported: string): string | null {
  const rule = rules.find(({ folder }) => file.startsWith(folder));
  if (rule === undefined) return null;
  const inProject = imported.startsWith(".");
  const target = inProject ? relative(root, resolve(root, dirname(file), imported)).replaceAll("\\", "/") : imported;
  const allowed = inProject
    ? [rule.folder, ...rule.project].some((prefix) => target.startsWith(prefix))
    : rule.packages.some((name) => (name.endsWith("*") ? target.startsWith(name.slice(0, -1)) : target === name));
  return allowed ? null : `${file} imports ${target}, which ${rule.folder} may not. ${rule.instead}`;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name).replaceAll("\\", "/"))
    .filter((name) => /\.(?:ts|tsx)$/u.test(name) && !/\.config\.(?:\w+\.)?ts$/u.test(name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  const patterns = [
    /^\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"/gmu,
    /^\s*import\s+"([^"]+)"/gmu,
    /\bimport\(\s*"([^"]+)"/gu,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(([, name]) => (name === undefined ? [] : [name])),
  );
}

describe("architecture", () => {
  const files = ["shared", "electron", "renderer"].flatMap(sourceFiles);

  it("lets each folder import what it may, and nothing else", () => {
    const broken = files.flatMap((file) => importsOf(file).map((imported) => brokenRule(file, imported)));
    expect(broken.filter((message) => message !== null)).toEqual([]);
  });

  it("has a rule for every source file but the entries of the page", () => {
    const free = new Set(["renderer/main.tsx", "electron/vite.config.ts", "electron/vite.preload.config.ts"]);
    const without = files.filter((file) => !free.has(file) && !rules.some(({ folder }) => file.startsWith(folder)));
    expect(without).toEqual([]);
  });

  it("recognises a broken rule, so that an empty list means something", () => {
    expect(brokenRule("electron/engine/bus/eventBus.ts", "../sessions/activity.ts")).toMatch(/may not/u);
    expect(brokenRule("renderer/stores/uiStore.ts", "react")).toMatch(/may not/u);
    expect(brokenRule("electron/engine/claude/x.ts", "electron")).toMatch(/may not/u);
  });
});
