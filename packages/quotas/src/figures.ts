/** What quotas cost, as `npm run bench` measured it last. */
export const figures = {
  node: '24.21.0',
  cores: 2,
  cost: {
    queryUs: 588,
    quotasUs: 5.05,
    percent: 0.86,
  },
  flood: {
    alone: {
      p50Ms: 2.78,
      p95Ms: 4.41,
    },
    flooded: {
      p50Ms: 2.8,
      p95Ms: 4.71,
    },
    ratio: 1.07,
    answeredPerSecond: 52,
  },
  redis: {
    up: {
      p50Ms: 3.3,
      p99Ms: 9.83,
    },
    killed: {
      p50Ms: 2.74,
      p99Ms: 5.73,
    },
    stalled: {
      p50Ms: 2.71,
      p99Ms: 53.69,
    },
    addedMs: 43.86,
  },
  limits: {
    percent: 1,
    ratio: 1.1,
    addedMs: 100,
  },
};
