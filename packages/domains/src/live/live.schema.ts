import { z } from 'zod';

/** Whatever was sent as the last event's id: what it may not be is told by STREAM_RESET, as what is not kept any more. */
export const LastEventId = z.string().max(8_192).optional();
