/**
 * Ends this process when the one that started it is gone. npm passes signals on, but when npm itself is killed nobody
 * tells its child, and a host that nobody can see would go on.
 */

const CHECK_EVERY_MS = 1000;

/** Calls back once when the parent is gone. Does not keep the process alive. */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
}

/** On Windows a child keeps its dead parent's id, so the id alone tells nothing there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
