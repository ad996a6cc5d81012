import { appRouter } from '@comanda/domains/router';
import type { House } from '@comanda/domains/context';
import { DomainError } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { wire } from '@comanda/kernel/wire';
import { KEPT_AS, MAX_BYTES, type Size, SIZES } from '@comanda/pictures/sizes';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { call, untilGone } from './calling.ts';
import { contextOf } from './context.ts';
import { refuse } from './refusing.ts';
import { knows } from './caching.ts';

export const FILES = '/files';
/** What an address shows never changes: another picture is another id. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const Named = z.object({
  id: z.uuid().toLowerCase(),
  size: z.enum(Object.keys(SIZES) as [Size, ...Size[]]),
});

/** Pictures: what comes in is a call of `files.upload` whose input is the body, what goes out are files. */
export async function serveFiles(app: FastifyInstance, house: House): Promise<void> {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  await app.register(async (files) => {
    // Of any kind, and not read by anybody before the call has been let in.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_, __, done) => done(null));
    files.post(FILES, async (request, reply) => {
      try {
        return await received(house, request, reply);
      } catch (error) {
        hearOut(request, () => closing && reply.raw.writableFinished);
        // It is logged already, where it has to be.
        if (error instanceof DomainError) return refuse(reply, error);
        throw error;
      }
    });
    files.get<{ Params: object }>(
      `${FILES}/:id/:size`,
      { exposeHeadRoute: true },
      (request, reply) => shown(house, request, reply),
    );
  });
}

async function received(house: House, request: FastifyRequest, reply: FastifyReply) {
  const ctx = await contextOf(house, request, { calls: 1, jar: null });
  const asked = { path: 'files.upload', input: bodyOf(request), signal: untilGone(reply) };
  try {
    const picture = await call(appRouter, ctx, asked);
    return { result: { data: wire.output.serialize(picture) } };
  } finally {
    void reply.headers(ctx.announcement.headers());
  }
}

/**
 * Left open where its reader leaves early: the answer still has to go out. Once that is out, Node says no
 * more when the line dies, and whoever still reads would wait for ever.
 */
function bodyOf({ raw }: FastifyRequest) {
  const { socket } = raw;
  const end = () => raw.destroy(new Error('the line died'));
  socket.once('close', end);
  raw.once('close', () => socket.off('close', end));
  return { stream: () => raw.iterator({ destroyOnReturn: false }) };
}

/**
 * Takes what is still coming, for many hear an answer only when they have said all; but not without end,
 * and a server that closes waits for no further call on that line.
 */
function hearOut({ raw }: FastifyRequest, isOver: () => boolean): void {
  let left = MAX_BYTES;
  raw.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0) raw.destroy();
  });
  raw.once('end', () => {
    if (isOver()) raw.socket.destroy();
  });
}

async function shown(
  { pictures }: House,
  { params, headers }: FastifyRequest,
  reply: FastifyReply,
) {
  const named = Named.safeParse(params);
  const file = named.data && (await pictures.open(named.data.id, named.data.size));
  if (!file) return refuse(reply, kernelErrors.NOT_FOUND({ what: 'picture' }));
  const tag = `"${named.data.id}-${named.data.size}"`;
  void reply.headers({ 'cache-control': FOR_EVER, etag: tag });
  if (knows(headers['if-none-match'], tag)) {
    file.bytes.destroy();
    return reply.code(304).send();
  }
  return reply.type(KEPT_AS).header('content-length', file.size).send(file.bytes);
}
