/**
 * Does something once for all the calls that come in one go. No time passes: a message that the editor has sent
 * already is read before the next but one turn of the event loop, and only then a call counts as the last.
 */
export function whenQuiet(run: () => void): () => void {
  let calls = 0;
  let isWaiting = false;
  const wait = (seen: number): void => {
    setImmediate(() =>
      setImmediate(() => {
        if (calls !== seen) {
          wait(calls);
          return;
        }
        isWaiting = false;
        run();
      }),
    );
  };
  return () => {
    calls += 1;
    if (isWaiting) return;
    isWaiting = true;
    wait(calls);
  };
}
