/** What can be said about one call. */
export interface CallOptions {
  /** Ends the call: it rejects with a fault that was `aborted`. */
  signal?: AbortSignal | undefined;
  /** How long the whole call may take, retries included. Left out: what the client was made with. */
  deadlineMs?: number | undefined;
}

/** The promise of a call. It also tells `safe()` how the service may refuse it. */
export interface Call<Data, Code extends string> extends Promise<Data> {
  /** Exists in types only. */
  readonly '~refusals'?: Code;
}

/** Reads; repeated by itself when the network or the service stumbles. */
export interface Query<Input, Data, Code extends string> {
  query(input: Input, options?: CallOptions): Call<Data, Code>;
}

/** Changes something; repeated by itself only where it carries an idempotency key. */
export interface Mutation<Input, Data, Code extends string> {
  mutate(input: Input, options?: CallOptions): Call<Data, Code>;
}

/** Watches; comes back by itself after a lost connection, with nothing missed. */
export interface Subscription<Input, Data, Code extends string> {
  subscribe(input: Input, options?: StreamOptions): Stream<Data, Code>;
}

/** What can be said about one stream. */
export interface StreamOptions {
  /** Ends the stream; the loop over it just ends. */
  signal?: AbortSignal | undefined;
  /** Goes on behind this event, such as the last one of an earlier visit. */
  lastEventId?: string | undefined;
  /** Told whenever the connection comes or goes. */
  onState?: ((state: StreamState) => void) | undefined;
}

/** Whether events can arrive right now. */
export type StreamState = 'connecting' | 'open' | 'waiting';

/**
 * One step of a stream: an event, or a gap. After a gap events may be missing that the service
 * does not keep any more: read the whole state anew, the events that follow continue from there.
 */
export type StreamEvent<Data> =
  | { type: 'event'; id: string | undefined; data: Data }
  | { type: 'gap' };

/** The events of a subscription, to be read with `for await`, once. */
export interface Stream<Data, Code extends string> extends AsyncIterableIterator<
  StreamEvent<Data>
> {
  /** Exists in types only. */
  readonly '~refusals'?: Code;
}
