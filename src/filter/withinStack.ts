/** What `read` answers; undefined where the caller left too little of the stack for the levels that it recurses. */
export function withinStack<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
