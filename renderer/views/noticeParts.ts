/** A notice as a title and the rest. */
export interface NoticeParts {
  readonly title: string;
  readonly text: string;
}

/** The title is the first sentence, or what stands before its colon: `The disk is full:`. */
export function noticeParts(notice: string): NoticeParts {
  const end = notice.search(/[.:](?:\s|$)/u);
  if (end === -1) return { title: notice, text: "" };
  return { title: notice.slice(0, end + 1), text: notice.slice(end + 1).trim() };
}
