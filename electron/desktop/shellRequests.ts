/** The few things the page asks of the shell itself, each behind the sender check. */
import { type BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent } from "electron";
import { CHOOSE_DIRECTORY_CHANNEL, OPEN_EXTERNAL_CHANNEL } from "./ipcChannels.ts";
import { openExternal } from "./openExternal.ts";
import { isFromTrustedPage, type TrustedPage } from "./trustedFrame.ts";

/** Returns how to stop answering. */
export function answerShellRequests(window: BrowserWindow, page: TrustedPage): () => void {
  const answers: Readonly<Record<string, (argument: unknown) => Promise<unknown>>> = {
    [CHOOSE_DIRECTORY_CHANNEL]: () => chooseDirectory(window),
    [OPEN_EXTERNAL_CHANNEL]: openExternal,
  };
  for (const [channel, answer] of Object.entries(answers)) {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, argument: unknown) => {
      if (!isFromTrustedPage(event, page)) throw new Error("Only the app's own page may ask this.");
      return await answer(argument);
    });
  }
  return () => {
    for (const channel of Object.keys(answers)) ipcMain.removeHandler(channel);
  };
}

async function chooseDirectory(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: "Choose the session's directory",
    buttonLabel: "Choose",
    properties: ["openDirectory", "createDirectory"],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
