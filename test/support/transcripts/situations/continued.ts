/** Sessions that go on: resumed, forked, compacted. */
import type { Situation, Stage } from "../situation.ts";

export const continuedSituations: Readonly<Record<string, Situation>> = {
  resumed: { play: resumed },
  forked: { play: forked },
  branched: { play: branched },
  compacted: { play: compacted },
  autoCompacted: { play: autoCompacted },
};

async function resumed({ start, resume }: Stage): Promise<void> {
  const first = start("resumed");
  await first.say("SAY one");
  await first.end();
  const second = resume("resumed");
  await second.say("SAY two");
  await second.end();
}

async function forked({ start, fork, resume }: Stage): Promise<void> {
  const parent = start("forkParent");
  await parent.say("SAY from the parent");
  await parent.say("RUN_BASH: echo parent");
  await parent.end();
  const child = fork("forkParent", "forkChild");
  await child.say("SAY from the fork");
  await child.end();
  const later = resume("forkParent");
  await later.say("SAY the parent goes on");
  await later.end();
  const grandchild = fork("forkChild", "forkGrandchild");
  await grandchild.say("SAY from the fork of the fork");
  await grandchild.end();
}

/** Taken up again at an earlier answer: what was said after it stays in the file, on a branch of its own. */
async function branched({ start, resume }: Stage): Promise<void> {
  const first = start("branched");
  await first.say("SAY one");
  const kept = first.driver.lines.find(({ fields }) => fields["type"] === "assistant");
  await first.say("SAY two, which is taken back");
  await first.end();
  const second = resume("branched", { args: ["--resume-session-at", String(kept?.fields["uuid"])] });
  await second.say("SAY three, after one");
  await second.end();
}

async function compacted({ start }: Stage): Promise<void> {
  const talk = start("compacted");
  await talk.say("SAY before");
  await talk.say("/compact keep the numbers");
  await talk.say("SAY after");
  await talk.end();
}

async function autoCompacted({ start }: Stage): Promise<void> {
  const talk = start("autoCompacted", { args: ["--autocompact", "100000"] });
  await talk.say("SAY before");
  await talk.say("FULL_BASH echo full");
  await talk.end();
}
