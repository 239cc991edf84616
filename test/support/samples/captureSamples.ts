/**
 * Takes the samples beside this file anew from the real CLI: `node test/support/samples/captureSamples.ts [name…]`.
 * Each `<name>.jsonl` is the whole stdout of one duplex child, one message a line, with machine paths replaced and the
 * longest lists cut. Ids and times differ from run to run; tests must not depend on them.
 */
import { writeFile } from 'node:fs/promises'
import { claudePath, createClaudeEnvironment } from '../claudeEnvironment.ts'
import { driveDuplex, duplexArgs } from '../duplexDriver.ts'
import { startScriptedApi } from '../scriptedApi/scriptedApi.ts'
import { sampleScripts } from './sampleScripts.ts'
import type { SampleScript } from './sampleScripts.ts'
import { sanitise } from './sanitise.ts'

async function capture(name: string, script: SampleScript): Promise<void> {
  const api = await startScriptedApi({ idPrefix: 'sample' })
  const environment = await createClaudeEnvironment({ apiUrl: api.url, ...(script.loggedOut === true ? { apiKey: null } : {}) })
  const cwd = await environment.projectDir('project')
  const driver = driveDuplex({ command: claudePath, args: [...duplexArgs, ...(script.args ?? [])], cwd, env: environment.env })
  await script.play({ driver, api, cwd })
  driver.endInput()
  await driver.exited
  const lines = sanitise(
    driver.lines.map((line) => line.raw),
    { home: environment.home, cwd, apiPort: api.port, pid: driver.pid },
  )
  await writeFile(new URL(`./${name}.jsonl`, import.meta.url), `${lines.join('\n')}\n`)
  await api.close()
  await environment.dispose()
  process.stdout.write(`${name}: ${String(lines.length)} lines\n`)
}

const chosen = process.argv.slice(2)
for (const [name, script] of Object.entries(sampleScripts)) {
  if (chosen.length === 0 || chosen.includes(name)) await capture(name, script)
}
