/**
 * Moves the keyboard to the next (1) or previous (-1) session row; from outside the list to the chosen row, or to the
 * first. Rows are ordinary buttons, so Enter opens the focused one. False when no list is on the screen.
 */
export function moveInList(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-session-row]")];
  const focused = rows.findIndex((row) => row === document.activeElement);
  const chosen = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = focused === -1 ? Math.max(chosen, 0) : Math.min(Math.max(focused + step, 0), rows.length - 1);
  rows[next]?.focus();
  rows[next]?.scrollIntoView({ block: "nearest" });
  return rows.length > 0;
}
