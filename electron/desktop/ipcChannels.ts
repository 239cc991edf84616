/**
 * The names under which page and shell meet. All that crosses the process boundary is listed here.
 * Imported by the preload script too, so it holds plain strings and imports nothing.
 */

/** Frames as JSON text, in both directions. */
export const FRAME_CHANNEL = "switchboard:frame";

/** `ShellCommand`s from the shell to the page. */
export const COMMAND_CHANNEL = "switchboard:command";

/** Asks for the system's folder picker. */
export const CHOOSE_DIRECTORY_CHANNEL = "switchboard:choose-directory";

/** Asks to open a link in the system's browser. */
export const OPEN_EXTERNAL_CHANNEL = "switchboard:open-external";
