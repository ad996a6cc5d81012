// In the published package these two are generated: see `contract/api.ts`.
export type { InferredApi as Api, InferredDetails as RefusalDetails } from './inferred.ts';
