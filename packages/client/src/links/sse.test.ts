import { describe, expect, test } from 'vitest';
import { type ServerEvent, sseReader } from './sse.ts';

function eventsIn(text: string, ...cuts: number[]): ServerEvent[] {
  const bytes = new TextEncoder().encode(text);
  const read = sseReader();
  const edges = [0, ...cuts, bytes.length];
  return edges.slice(1).flatMap((end, at) => read(bytes.subarray(edges[at], end)));
}

const message = (data: string, id?: string): ServerEvent => ({ name: 'message', data, id });

describe('an event', () => {
  test.each<[string, string, ServerEvent[]]>([
    [
      'with all its fields',
      'event: ping\ndata: a\nid: 1\n\n',
      [{ name: 'ping', data: 'a', id: '1' }],
    ],
    ['of several lines', 'data: a\ndata\ndata:b\n\n', [message('a\n\nb')]],
    ['without a name', 'data: a\nevent:\n\n', [message('a')]],
    ['with an empty id', 'data: a\nid:\n\n', [message('a', '')]],
    [
      'with an id of its own only',
      'data: a\nid: 1\n\ndata: b\n\n',
      [message('a', '1'), message('b')],
    ],
    ['with a NUL in its id', 'data: a\nid: 1\0\n\n', [message('a')]],
    ['of an id alone', 'event: x\nid: 7\n\n', [{ name: '', data: '', id: '7' }]],
    ['with one space of its own', 'data:  a \n\n', [message(' a ')]],
    ['with colons in its data', 'data: a: {"b":"c"}\n\n', [message('a: {"b":"c"}')]],
    ['among comments', ': hello\n\ndata: a\n:\n: bye\n\n', [message('a')]],
    ['with fields nobody knows', 'retry: 10\nDATA: x\n data: y\ndata: a\n\n', [message('a')]],
    ['behind a mark of byte order', '\uFEFFdata: a\n\n', [message('a')]],
    ['of no data', 'event: x\n\n\n\n', []],
    ['that is not ended yet', 'data: a\nid: 1\n', []],
    [
      'with other line ends',
      'data: a\r\rdata: b\r\n\r\ndata: c\n\r\n',
      ['a', 'b', 'c'].map((data) => message(data)),
    ],
  ])('%s is read as the standard says', (_, text, expected) => {
    expect(eventsIn(text)).toEqual(expected);
  });

  test('is the same wherever it is cut in two, or in three', () => {
    const text =
      '\uFEFFevent: é\r\ndata: 🍝\rdata: ü\r\n\r\n: c\nid: 2\ndata: x\n\n\r\ndata: z\r\r';
    const { length } = new TextEncoder().encode(text);
    const cuts = Array.from({ length }, (_, at) => at);

    const heard = cuts.flatMap((first) =>
      cuts.slice(first).map((next) => eventsIn(text, first, next)),
    );

    const whole = [{ name: 'é', data: '🍝\nü', id: undefined }, message('x', '2'), message('z')];
    expect(new Set(heard.map((events) => JSON.stringify(events)))).toEqual(
      new Set([JSON.stringify(whole)]),
    );
  });

  test('is there as soon as its last line end is, even one that may be half of it', () => {
    const read = sseReader();

    const heard = ['data: a\r\r', '\n', 'data: b\r\n\r'].map((text) =>
      read(new TextEncoder().encode(text)),
    );

    expect(heard).toEqual([[message('a')], [], [message('b')]]);
  });
});
