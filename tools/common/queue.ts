/** A queue of actions. It runs one action at a time, in order, and returns the result of each. */
export function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(action: () => Promise<T>): Promise<T> => {
    const done = last.then(action);
    // A failed action rejects for its caller only; the next action runs.
    last = done.catch(() => undefined);
    return done;
  };
}
