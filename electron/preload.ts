/**
 * The page's only way out of its sandbox: a pipe for frames and three things a shell can do. Runs before the page, in
 * a world of its own. Owns no state but the commands that came before the page listened.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import type { DesktopBridge, ShellCommand } from "../shared/contract/bridge.ts";
import {
  CHOOSE_DIRECTORY_CHANNEL,
  COMMAND_CHANNEL,
  FRAME_CHANNEL,
  OPEN_EXTERNAL_CHANNEL,
} from "./desktop/ipcChannels.ts";

/** A person clicks no more than a few things before the page is up; older commands are of no use then. */
const MAX_EARLY_COMMANDS = 8;

const commandListeners = new Set<(command: ShellCommand) => void>();
const earlyCommands: ShellCommand[] = [];

ipcRenderer.on(COMMAND_CHANNEL, (_event, command: ShellCommand) => {
  for (const listener of commandListeners) listener(command);
  if (commandListeners.size > 0) return;
  earlyCommands.push(command);
  if (earlyCommands.length > MAX_EARLY_COMMANDS) earlyCommands.shift();
});

// Functions return nothing on purpose: whatever they returned, the page would get, and `off` returns `ipcRenderer` itself.
const bridge = {
  pipe: {
    send: (frame) => ipcRenderer.send(FRAME_CHANNEL, frame),
    onFrame: (listener) => {
      const onFrame = (_event: IpcRendererEvent, frame: string): void => listener(frame);
      ipcRenderer.on(FRAME_CHANNEL, onFrame);
      return () => {
        ipcRenderer.off(FRAME_CHANNEL, onFrame);
      };
    },
  },
  shell: {
    chooseDirectory: () => ipcRenderer.invoke(CHOOSE_DIRECTORY_CHANNEL),
    openExternal: (url) => ipcRenderer.invoke(OPEN_EXTERNAL_CHANNEL, url),
    onCommand: (listener) => {
      commandListeners.add(listener);
      for (const command of earlyCommands.splice(0)) listener(command);
      return () => {
        commandListeners.delete(listener);
      };
    },
  },
} satisfies DesktopBridge;

contextBridge.exposeInMainWorld("switchboard", bridge);
