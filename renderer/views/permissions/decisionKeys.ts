import type { KeyboardEvent } from "react";

const textBoxes = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]';

/**
 * `a` and `d` on a focused request, whatever in it has the keyboard, but for boxes that take text. They press the
 * buttons, so a confirm that the button asks for is asked here too. On questions `a` goes to the first one.
 */
export function pressDecisionKey(event: KeyboardEvent<HTMLElement>): boolean {
  const { target, currentTarget } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  if (takesText(target)) return false;
  if (event.key !== "a" && event.key !== "d") return false;
  const wanted = event.key === "a" ? "allow" : "deny";
  const button = currentTarget.querySelector<HTMLButtonElement>(`[data-decision="${wanted}"]`);
  if (button !== null) button.click();
  else if (wanted === "allow") currentTarget.querySelector<HTMLElement>("fieldset input")?.focus();
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Whether keys that are typed here are text. */
export function takesText(target: EventTarget): boolean {
  return target instanceof Element && target.matches(textBoxes);
}
