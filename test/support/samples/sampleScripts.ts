/** What is played with the real CLI to take each sample. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { field } from '../duplexDriver.ts'
import type { DriverLine, DuplexDriver } from '../duplexDriver.ts'
import type { ScriptedApi } from '../scriptedApi/scriptedApi.ts'

export type SampleStage = { readonly driver: DuplexDriver; readonly api: ScriptedApi; readonly cwd: string }

export type SampleScript = {
  readonly args?: readonly string[]
  readonly loggedOut?: boolean
  readonly play: (stage: SampleStage) => Promise<void>
}

type Fields = Readonly<Record<string, unknown>>
type Decide = (ask: DriverLine) => Fields

export const sampleScripts: Readonly<Record<string, SampleScript>> = {
  initialize: { play: async ({ driver }) => void (await driver.control({ subtype: 'initialize' })) },
  textTurn: turns('SAY hello'),
  thinkingTurn: turns('THINK about the weather'),
  bashAllowed: turns('RUN_BASH: touch made-by-bash && ls'),
  bashAllowedWithEdit: turns('RUN_BASH: rm -rf made-by-bash', (ask) => allow(ask, { command: 'echo edited', description: 'Edited' })),
  bashDenied: turns('RUN_BASH: touch never', () => ({ behavior: 'deny', message: 'Use another name' })),
  bashDeniedWithInterrupt: turns('RUN_BASH: touch never', () => ({ behavior: 'deny', message: 'Stop here', interrupt: true })),
  bashFailed: turns('RUN_BASH: echo broken >&2; exit 3'),
  twoBashInOneMessage: turns('TWO_BASH: touch one ;; touch two'),
  writeEditRead: { play: async (stage) => { await play(stage, [`WRITE_FILE ${stage.cwd}/note.txt first line`, `EDIT_FILE ${stage.cwd}/note.txt first ;; second`]); } },
  askQuestion: turns('ASK_QUESTION', (ask) => allow(ask, { ...inputOf(ask), answers: { 'Which database should the ledger use?': 'SQLite', 'Which reports do you want?': 'By day, By model' } })),
  planApproved: turns('PLAN a health check', undefined, ['--permission-mode', 'plan']),
  planRefused: turns('PLAN a health check', (ask) => (toolOf(ask) === 'ExitPlanMode' ? { behavior: 'deny', message: 'Make it shorter' } : allow(ask)), ['--permission-mode', 'plan']),
  dontAskMode: turns('RUN_BASH: touch never', undefined, ['--permission-mode', 'dontAsk']),
  subagent: turns('SUBAGENT RUN_BASH: touch made-by-subagent'),
  subagentForwarded: turns('SUBAGENT SAY the report', undefined, ['--forward-subagent-text']),
  backgroundBash: { play: (stage) => background(stage, 'BACKGROUND_BASH: until [ -e go ]; do sleep 0.05; done; touch done', 'go') },
  backgroundSubagent: { play: (stage) => background(stage, 'BACKGROUND_SUBAGENT SAY the report') },
  apiRetryThenAnswer: turns('ERROR_500 2'),
  apiErrorOverloaded: turns('ERROR_529 final'),
  apiErrorUnauthorized: turns('ERROR_401 final'),
  notLoggedIn: { ...turns('SAY hello'), loggedOut: true },
  stopMaxTokens: turns('STOP'),
  stopRefusal: turns('STOP refusal'),
  usage: turns('USAGE input=1000 output=200 read=300 write5m=40 write1h=50 search=2'),
  maxBudget: turns('SAY hello', undefined, ['--max-budget-usd', '0.000001']),
  maxTurns: turns('BASH_CHAIN: touch a ;; touch b', undefined, ['--max-turns', '1']),
  compact: { play: async (stage) => { await play(stage, ['SAY one', '/compact']); } },
  slashCommandUsage: turns('/usage'),
  hooks: turns('RUN_BASH: echo hooked', undefined, ['--include-hook-events', '--settings', JSON.stringify({ hooks: { PreToolUse: [{ matcher: '', hooks: [{ type: 'command', command: 'echo {}' }] }] } })]),
  injectedDuringTool: { play: injectedDuringTool },
  silentContext: { play: silentContext },
  nowDuringStreaming: { play: nowDuringStreaming },
  nowDuringTool: { play: nowDuringTool },
  interruptAndSendNow: { play: interruptAndSendNow },
  interruptStreaming: { play: interruptStreaming },
  interruptTool: { play: interruptTool },
  interruptWithdrawsRequest: { play: interruptWithdrawsRequest },
  cancelQueued: { play: cancelQueued },
  inputEndsDuringRequest: { play: inputEndsDuringRequest },
  modeAndModel: { play: modeAndModel },
}

function turns(prompt: string, decide?: Decide, args: readonly string[] = []): SampleScript {
  return { args, play: async (stage) => { await play(stage, [prompt], decide); } }
}

async function play(stage: SampleStage, prompts: readonly string[], decide: Decide = (ask) => allow(ask)): Promise<void> {
  for (const prompt of prompts) {
    const from = stage.driver.lines.length
    await finish(stage.driver, stage.driver.say(prompt), from, decide)
  }
}

/** Answers what is asked until the message with this uuid has come to its end. */
async function finish(driver: DuplexDriver, uuid: string, from: number, decide: Decide = (ask) => allow(ask)): Promise<void> {
  for (let at = from; ; ) {
    const line = await driver.waitFor((fields) => isAsk(fields) || isEndOf(fields, uuid), at)
    if (!isAsk(line.fields)) return
    answer(driver, line, decide(line))
    at = driver.lines.indexOf(line) + 1
  }
}

async function background(stage: SampleStage, prompt: string, releaseFile?: string): Promise<void> {
  await play(stage, [prompt])
  const from = stage.driver.lines.length
  if (releaseFile !== undefined) await writeFile(join(stage.cwd, releaseFile), '')
  const notified = await stage.driver.waitFor((fields) => fields['subtype'] === 'task_notification', 0)
  await stage.driver.waitFor(isResult, Math.max(from, stage.driver.lines.indexOf(notified)))
}

async function injectedDuringTool({ driver, cwd }: SampleStage): Promise<void> {
  const uuid = driver.say(`WAIT_BASH ${cwd}/go`)
  await driver.waitFor((fields) => fields['type'] === 'assistant')
  const warning = driver.say('Mind the gap')
  await driver.waitFor((fields) => isLifecycle(fields, warning, 'queued'))
  await writeFile(join(cwd, 'go'), '')
  await finish(driver, uuid, 0)
}

async function silentContext(stage: SampleStage): Promise<void> {
  const uuid = stage.driver.say('The build is green', { shouldQuery: false })
  await stage.driver.waitFor((fields) => isEndOf(fields, uuid))
  await play(stage, ['SAY noted'])
}

async function nowDuringStreaming({ driver }: SampleStage): Promise<void> {
  driver.say('HANG')
  await driver.waitFor(isTextDelta)
  const uuid = driver.say('SAY stopped and here', { priority: 'now' })
  await finish(driver, uuid, 0)
}

/** Sent while the tool already runs: the tool comes to its end, and then the turn is cut. */
async function nowDuringTool({ driver, cwd }: SampleStage): Promise<void> {
  driver.say(`WAIT_BASH ${cwd}/go`)
  await driver.waitFor((fields) => fields['subtype'] === 'task_started')
  const uuid = driver.say('SAY stopped and here', { priority: 'now' })
  await driver.waitFor((fields) => isLifecycle(fields, uuid, 'queued'))
  await writeFile(join(cwd, 'go'), '')
  await finish(driver, uuid, 0)
}

/** What really stops a running tool in favour of a queued message. */
async function interruptAndSendNow({ driver, cwd }: SampleStage): Promise<void> {
  driver.say(`WAIT_BASH ${cwd}/never`)
  await driver.waitFor((fields) => fields['subtype'] === 'task_started')
  const uuid = driver.say('SAY stopped and here')
  await driver.waitFor((fields) => isLifecycle(fields, uuid, 'queued'))
  await driver.control({ subtype: 'interrupt', send_now: true })
  await finish(driver, uuid, 0)
}

async function interruptStreaming({ driver }: SampleStage): Promise<void> {
  const uuid = driver.say('HANG')
  await driver.waitFor(isTextDelta)
  await driver.control({ subtype: 'interrupt' })
  await finish(driver, uuid, 0)
}

async function interruptTool({ driver, cwd }: SampleStage): Promise<void> {
  const uuid = driver.say(`WAIT_BASH ${cwd}/never`)
  await driver.waitFor((fields) => fields['subtype'] === 'task_started')
  await driver.control({ subtype: 'interrupt' })
  await finish(driver, uuid, 0)
}

async function interruptWithdrawsRequest({ driver }: SampleStage): Promise<void> {
  const uuid = driver.say('RUN_BASH: touch never')
  await driver.waitFor(isAsk)
  await driver.control({ subtype: 'interrupt' })
  await driver.waitFor((fields) => isEndOf(fields, uuid))
}

async function cancelQueued({ driver, api }: SampleStage): Promise<void> {
  const uuid = driver.say('HANG')
  await driver.waitFor(isTextDelta)
  const queued = driver.say('SAY never said', { priority: 'later' })
  await driver.waitFor((fields) => isLifecycle(fields, queued, 'queued'))
  await driver.control({ subtype: 'cancel_async_message', message_uuid: queued })
  await driver.control({ subtype: 'cancel_async_message', message_uuid: queued })
  api.releaseStalled()
  await finish(driver, uuid, 0)
}

async function inputEndsDuringRequest({ driver }: SampleStage): Promise<void> {
  const uuid = driver.say('RUN_BASH: touch never')
  await driver.waitFor(isAsk)
  driver.endInput()
  await driver.waitFor((fields) => isEndOf(fields, uuid))
}

async function modeAndModel(stage: SampleStage): Promise<void> {
  for (const request of [
    { subtype: 'set_permission_mode', mode: 'acceptEdits' },
    { subtype: 'set_permission_mode', mode: 'nonsense' },
    { subtype: 'set_model', model: 'claude-haiku-4-5' },
    { subtype: 'get_usage' },
    { subtype: 'get_context_usage' },
    { subtype: 'rename_session', title: 'A new name' },
    { subtype: 'nonsense' },
  ]) {
    await stage.driver.control(request)
  }
  await play(stage, ['SAY hello'])
}

function answer(driver: DuplexDriver, ask: DriverLine, response: Fields): void {
  driver.write({ type: 'control_response', response: { subtype: 'success', request_id: ask.fields['request_id'], response } })
}

function allow(ask: DriverLine, updatedInput: unknown = inputOf(ask)): Fields {
  return { behavior: 'allow', updatedInput }
}

function inputOf(ask: DriverLine): Fields {
  const input = field(ask.fields, 'request', 'input')
  return typeof input === 'object' && input !== null ? { ...input } : {}
}

function toolOf(ask: DriverLine): unknown {
  return field(ask.fields, 'request', 'tool_name')
}

function isAsk(fields: Fields): boolean {
  return fields['type'] === 'control_request'
}

function isResult(fields: Fields): boolean {
  return fields['type'] === 'result'
}

function isTextDelta(fields: Fields): boolean {
  return field(fields, 'event', 'delta', 'type') === 'text_delta'
}

function isLifecycle(fields: Fields, uuid: string, state: string): boolean {
  return fields['type'] === 'command_lifecycle' && fields['command_uuid'] === uuid && fields['state'] === state
}

function isEndOf(fields: Fields, uuid: string): boolean {
  return isLifecycle(fields, uuid, 'completed') || isLifecycle(fields, uuid, 'cancelled')
}
