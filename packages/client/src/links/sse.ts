/** One event as it stands in a stream. */
export interface ServerEvent {
  /** `message` where it has no name; empty where there is nothing but an id. */
  name: string;
  data: string;
  /** Its own; nothing where it has none, other than in an `EventSource`. */
  id: string | undefined;
}

/**
 * Reads server-sent events by the standard, from chunks that may be cut anywhere. An event counts
 * once the empty line behind it has come.
 */
export function sseReader(): (chunk: Uint8Array) => ServerEvent[] {
  const decoder = new TextDecoder();
  let rest = '';
  let afterCr = false;
  let block: Block = {};

  const end = (): ServerEvent[] => {
    const { event, data, id } = block;
    block = {};
    if (data !== undefined) return [{ name: event || 'message', data, id }];
    return id === undefined ? [] : [{ name: '', data: '', id }];
  };

  return (chunk) => {
    let text = decoder.decode(chunk, { stream: true });
    if (text === '') return [];
    // The other half of a line end that was cut in two.
    if (afterCr && text.startsWith('\n')) text = text.slice(1);
    afterCr = text.endsWith('\r');
    const lines = (rest + text).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? '';
    return lines.flatMap((line) => {
      if (line === '') return end();
      take(block, line);
      return [];
    });
  };
}

type Block = { event?: string; data?: string; id?: string };

function take(block: Block, line: string): void {
  const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
  if (field === 'data') block.data = block.data === undefined ? value : `${block.data}\n${value}`;
  if (field === 'event') block.event = value;
  if (field === 'id' && !value.includes('\0')) block.id = value;
}
