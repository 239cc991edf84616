/**
 * A REST client with nothing else to do, in a process of its own: what a figure keeps in memory, and what collecting that
 * takes, is not in its times. Run as a program it asks for each path of its standard input in turn, on one connection, and
 * prints how many milliseconds each answer took, from the request to the whole body.
 */
import { spawn } from "node:child_process";
import { Agent, get } from "node:http";
import { json, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { millisecondsBetween, now } from "../measure.ts";

const askingSchema = z.object({ url: z.string(), token: z.string(), paths: z.array(z.string()) });

/** Paths are those below `/api/v1`. */
export type Asking = Readonly<z.infer<typeof askingSchema>>;

/** Milliseconds of each, in order. @throws Error when one of them is not answered with 200. */
export async function askByRest(asking: Asking): Promise<readonly number[]> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(asking));
  return z.array(z.number()).parse(JSON.parse(await text(child.stdout)));
}

async function askAll({ url, token, paths }: Asking): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${token}` };
  const samples: number[] = [];
  for (const path of paths) {
    const beganNs = now();
    await read(
      new Promise((resolve, reject) => {
        get(`${url}/api/v1${path}`, { agent, headers }, (response) =>
          response.statusCode === 200 ? resolve(response) : reject(new Error(`${path}: ${response.statusCode}`)),
        ).on("error", reject);
      }),
    );
    samples.push(millisecondsBetween(beganNs, now()));
  }
  agent.destroy();
  return samples;
}

async function read(response: Promise<AsyncIterable<Buffer>>): Promise<void> {
  let bytes = 0;
  for await (const chunk of await response) bytes += chunk.length;
  if (bytes === 0) throw new Error("An answer had no body.");
}

if (import.meta.main) process.stdout.write(JSON.stringify(await askAll(askingSchema.parse(await json(process.stdin)))));
