import { expect, it } from "vitest";
import { createBridgePipe } from "../../../../renderer/client/bridgePipe.ts";

it("carries frames both ways until it is closed", async () => {
  const sent: string[] = [];
  const told: string[] = [];
  const listeners = new Set<(frame: string) => void>();
  const openPipe = createBridgePipe({
    pipe: {
      send: (frame) => sent.push(frame),
      onFrame: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  const pipe = openPipe({
    onOpen: () => told.push("open"),
    onFrame: (frame) => told.push(frame),
    onClose: () => told.push("close"),
  });
  expect(told).toEqual([]);
  await Promise.resolve();
  pipe.send("up");
  for (const listener of listeners) listener("down");
  pipe.close();
  for (const listener of listeners) listener("too late");
  expect([sent, told]).toEqual([["up"], ["open", "down"]]);
});
