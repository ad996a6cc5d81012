/** What quotas cost, as `npm run bench` measured it last. */
export const figures = {
  node: '24.21.0',
  cores: 2,
  cost: {
    queryUs: 39,
    quotasUs: 1.21,
    percent: 3.1,
  },
  flood: {
    alone: {
      p50Ms: 1.51,
      p95Ms: 2.02,
    },
    flooded: {
      p50Ms: 1.56,
      p95Ms: 1.95,
    },
    ratio: 0.97,
    answeredPerSecond: 58,
  },
  redis: {
    up: {
      p50Ms: 2.62,
      p99Ms: 43.84,
    },
    killed: {
      p50Ms: 1.9,
      p99Ms: 5.92,
    },
    stalled: {
      p50Ms: 1.94,
      p99Ms: 53.14,
    },
    addedMs: 9.3,
  },
  limits: {
    percent: 1,
    ratio: 1.1,
    addedMs: 100,
  },
};
