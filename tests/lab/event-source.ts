type Listener = (event: Event) => void;

/** A browser's `EventSource` as far as tRPC's client asks, with headers: Node has none. Comes back at once. */
export class PlainEventSource {
  readonly CLOSED = 2;
  readyState = 0;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #line = new AbortController();
  #lastEventId = '';

  constructor(url: string, { headers = {} }: { headers?: Record<string, string> } = {}) {
    void this.#stay(url, headers);
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.#line.abort();
  }

  async #stay(url: string, headers: Record<string, string>): Promise<void> {
    while (this.readyState !== this.CLOSED) {
      const known = this.#lastEventId && { 'last-event-id': this.#lastEventId };
      const sent = { headers: { ...headers, ...known }, signal: this.#line.signal };
      const answer = await fetch(url, sent).catch(() => undefined);
      if (!answer?.ok || !answer.body) this.readyState = this.CLOSED;
      else await this.#listen(answer.body).catch(() => undefined);
      this.#tell('error', new Event('error'));
    }
  }

  async #listen(body: ReadableStream<Uint8Array>): Promise<void> {
    this.readyState = 1;
    let text = '';
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + part).split(/\n\n+/);
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#dispatch(block);
    }
    this.readyState = 0;
  }

  #dispatch(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
    this.#lastEventId = field('id') ?? this.#lastEventId;
    const { CLOSED, readyState } = this;
    const event = { data: field('data') ?? '', lastEventId: this.#lastEventId };
    if (readyState !== CLOSED) {
      this.#tell(field('event') ?? 'message', new MessageEvent('message', event));
    }
  }

  #tell(type: string, event: Event): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}
