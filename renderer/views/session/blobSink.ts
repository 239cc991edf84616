import type { ExportSink } from "../../stores/exportStore.ts";

/** The browser takes the address over before it reads the file; a minute is more than it needs. */
const KEEP_ADDRESS_MS = 60_000;

/** Gathers a file in blobs, which the browser may keep on disk, and hands it out as a download. */
export function createBlobSink(): ExportSink {
  const parts: Blob[] = [];
  return {
    add: (text) => parts.push(new Blob([text])),
    save: (fileName, mediaType) => {
      const address = URL.createObjectURL(new Blob(parts, { type: mediaType }));
      const link = document.createElement("a");
      link.href = address;
      link.download = fileName;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS_MS);
    },
  };
}
