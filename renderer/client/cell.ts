/** One observed value. */
export interface Cell<Value> {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  /** Calls back after each change. Returns the unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Makes a cell that holds the given value. */
export function createCell<Value>(initial: Value): Cell<Value> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (value) => {
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      const entry = (): void => listener();
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
