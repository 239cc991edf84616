import { expect, test } from "vitest";
import { resumeCommand } from "../../../../renderer/views/session/resumeCommand.ts";
import { sampleSession } from "../stores/samples.ts";

test.each([
  ["/home/ada/atlas", "cd /home/ada/atlas && claude --resume one"],
  ["/my work/atlas", "cd '/my work/atlas' && claude --resume one"],
  ["/it's; rm -rf $HOME", "cd '/it'\\''s; rm -rf $HOME' && claude --resume one"],
])("quotes %s for the shell", (projectPath, command) => {
  expect(resumeCommand(sampleSession({ projectPath }))).toBe(command);
});
