import type { PictureView } from '@comanda/domains/files/files.schema';
import type { ToldShape } from '@comanda/domains/telling';
import { wire } from '@comanda/kernel/wire';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';
import type { Role } from '@comanda/kernel/access';
import { ask } from '../http.ts';
import { picture } from './samples.ts';

type Serialized = Parameters<typeof wire.output.deserialize>[0];
interface Answered {
  result?: { data: Serialized };
  error?: Serialized;
}

/** Sends bytes as somebody, and answers what came back. */
export async function send(
  app: TestApp,
  { as, bytes, headers }: { as: Role | Person; bytes: Blob; headers?: Record<string, string> },
): Promise<Response> {
  const { accessToken } = await app.session(as);
  const authorization = `Bearer ${accessToken}`;
  const sent = { authorization, ...headers };
  return ask(app, '/files', { method: 'POST', headers: sent, body: bytes });
}

/** Uploads as somebody, and answers the picture. */
export async function upload(app: TestApp, as: Role | Person, bytes?: Blob): Promise<PictureView> {
  const answer = await send(app, { as, bytes: bytes ?? (await picture()) });
  const { result, error } = (await answer.json()) as Answered;
  if (!result) throw new Error(error && wire.output.deserialize<ToldShape>(error).data.reason);
  return wire.output.deserialize<PictureView>(result.data);
}

/** A size of a picture as everybody may look at it. */
export function look(app: TestApp, id: string, size = 'large'): Promise<Response> {
  return ask(app, `/files/${id}/${size}`);
}
