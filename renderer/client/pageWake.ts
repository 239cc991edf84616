/**
 * Calls back when the page has reason to believe that the host can be reached again: the network is back, or a person
 * looks at the page. Returns the unsubscribe.
 */
export function onPageWake(listener: () => void): () => void {
  const whenVisible = (): void => {
    if (document.visibilityState === "visible") listener();
  };
  window.addEventListener("online", listener);
  document.addEventListener("visibilitychange", whenVisible);
  return () => {
    window.removeEventListener("online", listener);
    document.removeEventListener("visibilitychange", whenVisible);
  };
}
