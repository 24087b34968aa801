/**
 * How an editor starts the server's process: a small young generation. What an analysis leaves behind is collected
 * before it fills new pages: 190 MB and not 360 beside a document of 20,000 filters (bench/server).
 */
export const processFlags: readonly string[] = ['--max-semi-space-size=2'];
