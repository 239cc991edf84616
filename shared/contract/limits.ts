/** A payload's text, in UTF-8 bytes: about a quarter of a million tokens, more than any model reads gladly at once. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024;

/** A payload's metadata as JSON, in UTF-8 bytes: it is rendered into the text line by line, so it stays small. */
export const MAX_METADATA_BYTES = 16 * 1024;

/** Sessions that one broadcast may address. */
export const MAX_BROADCAST_TARGETS = 100;

/** A frame or request body from a client, in bytes: the largest payload, JSON-escaped, with room to spare. */
export const MAX_CLIENT_FRAME_BYTES = 4 * 1024 * 1024;

/** Rows that one page of a list may hold. */
export const MAX_PAGE_SIZE = 500;

/** What one request may import, in characters: it fits into a frame, escaped. A larger export is sent in parts. */
export const MAX_IMPORT_CHARACTERS = 1_500_000;
