/** Runs an action once those before it have ended, and resolves or rejects as the action does. */
export type InTurn = <T>(action: () => Promise<T>) => Promise<T>;

/** A queue of actions, of which one runs at a time, in the order in which they came. */
export function createQueue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const done = last.then(action);
    // Whoever asked for an action learns of its failure; those behind it run all the same.
    last = done.catch(() => undefined);
    return done;
  };
}
