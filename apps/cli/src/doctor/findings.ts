/** What one look found. */
export interface Finding {
  what: string;
  state: 'ok' | 'warn' | 'bad';
  message: string;
  /** What to do about it. */
  advice?: string;
}

export const ok = (what: string, message: string): Finding => ({ what, state: 'ok', message });

export const warn = (what: string, message: string, advice: string): Finding => ({
  what,
  state: 'warn',
  message,
  advice,
});

export const bad = (what: string, message: string, advice: string): Finding => ({
  what,
  state: 'bad',
  message,
  advice,
});
