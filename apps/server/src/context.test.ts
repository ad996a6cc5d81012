import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkOf } from './context.ts';

describe('the network of an address', () => {
  test.each(['127.0.0.1', '203.0.113.9', '0.0.0.0', '255.255.255.255'])(
    '%s stands for itself',
    (ip) => {
      expect(networkOf(ip)).toBe(ip);
    },
  );

  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ])('%s counts as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  test.each([
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
    ['0:0:0:0:0:ffff::9', '0.0.0.9'],
  ])('%s is the IPv4 address %s', (ip, address) => {
    expect(networkOf(ip)).toBe(address);
  });

  test.each([
    ['203.0.113.9:1001', '203.0.113.9'],
    ['[2001:db8:1:2::1]:1001', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
    ['_hidden', 'unknown'],
    ['', 'unknown'],
    ['203.0.113.9.7', 'unknown'],
  ])('of what a proxy writes as %j is %s', (written, network) => {
    expect(networkOf(written)).toBe(network);
  });

  test('is the same for every way to write one address', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }),
        (groups) => {
          const plain = groups.map((group) => group.toString(16)).join(':');
          const padded = groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
          const short = new URL(`http://[${plain}]`).hostname.slice(1, -1);

          expect([padded, padded.toUpperCase(), short].map(networkOf)).toEqual(
            Array(3).fill(networkOf(plain)),
          );
        },
      ),
    );
  });

  test.each(['', 'unknown', 'a'.repeat(1_000), '::ffff:'])(
    '%j counts with all its like',
    (text) => {
      expect(networkOf(text)).toBe('unknown');
    },
  );
});
