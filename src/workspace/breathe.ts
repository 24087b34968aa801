/** Longer than this nothing else waits: ten milliseconds more are not felt between a key and its answer. */
const SLICE_MS = 10;

let since = Date.now();

/** Lets everything else that waits have its turn, if the last turn is some time ago. For loops over many files. */
export async function breathe(): Promise<void> {
  if (Date.now() - since < SLICE_MS) return;
  await new Promise((resolve) => setImmediate(resolve));
  since = Date.now();
}
