/** Replaces what captured lines tell about the machine they were taken on, and cuts lists that only take space. */
import { field } from '../duplexDriver.ts'

export type Machine = { readonly home: string; readonly cwd: string; readonly apiPort: number; readonly pid: number }

/** As many entries of `commands`, `skills` and the like as a test could want to look at. */
const MAX_LIST_ENTRIES = 4
const CUT_LISTS: ReadonlySet<string> = new Set(['commands', 'slash_commands', 'terminal_slash_commands', 'skills', 'agents', 'available_output_styles'])

export function sanitise(lines: readonly string[], machine: Machine): readonly string[] {
  return rejoinToolInputs(lines).map((line) => withoutMachine(cutLists(line), machine))
}

function cutLists(line: string): string {
  const value: unknown = JSON.parse(line, (key: string, part: unknown) => (CUT_LISTS.has(key) && Array.isArray(part) ? part.slice(0, MAX_LIST_ENTRIES) : part))
  return JSON.stringify(value)
}

function withoutMachine(line: string, machine: Machine): string {
  return line
    .replaceAll(machine.cwd, '/home/dev/project')
    .replaceAll(dashed(machine.cwd), '-home-dev-project')
    .replaceAll(machine.home, '/home/dev')
    .replaceAll(dashed(machine.home), '-home-dev')
    .replaceAll(/\/tmp\/claude-\d+\//gu, '/tmp/claude-1000/')
    .replaceAll(`127.0.0.1:${String(machine.apiPort)}`, '127.0.0.1:8080')
    .replaceAll(`"pid":${String(machine.pid)}`, '"pid":4242')
    .replaceAll(`/${String(machine.pid)}.sock`, '/4242.sock')
}

/** How the CLI spells a path in the name of a folder. */
function dashed(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9]/gu, '-')
}

/** A tool input streams in two pieces, and a path may lie across both: the break moves to behind the first character. */
function rejoinToolInputs(lines: readonly string[]): readonly string[] {
  const result = [...lines]
  for (const [index, line] of lines.entries()) {
    const first = partialInput(line)
    const second = partialInput(lines[index + 1] ?? '{}')
    if (first === null || second === null) continue
    result[index] = line.replace(JSON.stringify(first), JSON.stringify(first.slice(0, 1)))
    result[index + 1] = (lines[index + 1] ?? '').replace(JSON.stringify(second), JSON.stringify(first.slice(1) + second))
  }
  return result
}

function partialInput(line: string): string | null {
  const text = field(JSON.parse(line), 'event', 'delta', 'partial_json')
  return typeof text === 'string' ? text : null
}
