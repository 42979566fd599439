/** A poller between a queue or stream and its function. */
export type EventSource = {
  /** Nothing runs and nothing waits, not even for its time. */
  readonly isEmpty: () => boolean;
  /** Nothing runs and nothing could run before time passes. */
  readonly isQuiet: () => boolean;
  /** Ends a wait for a fuller batch, and says whether there was one: nothing more comes before somebody who waits goes on. */
  readonly endWindow: () => boolean;
  /** Takes nothing new and resolves when what runs has ended. */
  readonly stop: () => Promise<void>;
};
