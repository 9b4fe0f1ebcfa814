// Gives the reader a file that was made on the device.

import { make } from "./elements.js";

/**
 * @param {string} download Name of the file.
 * @param {BlobPart[]} parts What it holds.
 * @param {string} type Its media type.
 */
export function saveFile(download, parts, type) {
  const href = URL.createObjectURL(new Blob(parts, { type }));
  make("a", { href, download }).click();
  // Some browsers fetch it a moment later.
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}
