/** Grows by one when a frame, request or event changes so that an older client would misread it. */
export const CONTRACT_VERSION = 1;
