/** What a session holds on to. Times are by the clock of this machine, in epoch milliseconds. */
export interface Tokens {
  /** Empty where it is only known that there is a session: the first call gets one. */
  accessToken: string;
  /** Missing where the browser keeps it in a cookie that no script can read. */
  refreshToken?: string;
  /** From when on the next call gets new ones first. */
  renewAt: number;
  /** When the access token ends. */
  expiresAt: number;
}

/**
 * Where a session is kept. Several clients, tabs or processes may share one: what another of them
 * wrote is found by the next `read`.
 */
export interface SessionStore {
  /** How the refresh token travels. Left out: in the body, and this store keeps it. */
  readonly carrier?: 'body' | 'cookie';
  /** Answers what was kept last, by whomever; asked at every call. */
  read(): Tokens | undefined | Promise<Tokens | undefined>;
  /** Keeps the tokens; `undefined` forgets them. */
  write(tokens: Tokens | undefined): void | Promise<void>;
  /** Runs `work` while nobody else who shares the store runs theirs. Left out: nobody shares it. */
  lock?<T>(work: () => Promise<T>): Promise<T>;
}
