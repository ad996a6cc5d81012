interface Call {
  path: string;
  input?: object;
  token?: string | undefined;
}

/** What came back, as far as somebody who waits for a fault to pass has to know. */
export interface Told {
  status: number;
  /** 'ok', or the reason of the refusal. */
  reason: string;
  retryAfter: number | null;
  json: Record<string, never>;
}

interface Body {
  result?: { data: { json: Record<string, never> } };
  error?: { json: { data: { reason: string } } };
}

/** Asks once, and never again by itself. */
export async function change({ url }: { url: string }, call: Call): Promise<Told> {
  return told(
    await fetch(`${url}/trpc/${call.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...shown(call) },
      body: JSON.stringify({ json: call.input ?? {} }),
    }),
  );
}

export async function look({ url }: { url: string }, call: Call): Promise<Told> {
  const input = encodeURIComponent(JSON.stringify({ json: call.input ?? {} }));
  return told(await fetch(`${url}/trpc/${call.path}?input=${input}`, { headers: shown(call) }));
}

function shown({ token }: Call): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function told(answer: Response): Promise<Told> {
  const body = (await answer.json()) as Body;
  const wait = answer.headers.get('retry-after');
  return {
    status: answer.status,
    reason: body.error?.json.data.reason ?? 'ok',
    retryAfter: wait === null ? null : Number(wait),
    json: body.result?.data.json ?? {},
  };
}
