/** Sub-agents: one, two at once, one within another, one in the background. */
import type { Situation } from "../situation.ts";

const agent = (prompt: string, description: string) => ({
  name: "Agent",
  input: { description, prompt, subagent_type: "general-purpose", run_in_background: false },
});

export const agentSituations: Readonly<Record<string, Situation>> = {
  oneSubagent: talkOf("oneSubagent", "SUBAGENT RUN_BASH: echo from the sub-agent"),
  twoSubagents: talkOf(
    "twoSubagents",
    `CALL_TOOLS ${JSON.stringify([agent("RUN_BASH: echo first", "First of two"), agent("RUN_BASH: echo second", "Second of two")])}`,
  ),
  nestedSubagent: talkOf("nestedSubagent", "SUBAGENT SUBAGENT SAY from the depth"),
  editingSubagent: {
    play: async ({ start, cwd }) => {
      const talk = start("editingSubagent", { args: ["--permission-mode", "acceptEdits"] });
      await talk.say(`SUBAGENT WRITE_FILE ${cwd}/made.txt a line of the sub-agent's`);
      await talk.end();
    },
  },
  backgroundSubagent: {
    play: async ({ start }) => {
      const talk = start("backgroundSubagent");
      await talk.say("BACKGROUND_SUBAGENT SAY the report");
      const told = await talk.driver.waitFor((fields) => fields["subtype"] === "task_notification");
      await talk.settled(talk.driver.lines.indexOf(told));
      await talk.end();
    },
  },
};

function talkOf(label: string, prompt: string): Situation {
  return {
    play: async ({ start }) => {
      const talk = start(label);
      await talk.say(prompt);
      await talk.end();
    },
  };
}
