import { anyone, signedIn } from '../trpc.ts';
import { OwnPermissions, PermissionMatrix } from './permissions.schema.ts';
import { ownPermissions, permissionMatrix } from './permissions.views.ts';

export const permissionsProcedures = {
  mine: signedIn()
    .output(OwnPermissions)
    .query(({ ctx }) => ownPermissions(ctx.actor)),
  matrix: anyone()
    .output(PermissionMatrix)
    .query(() => permissionMatrix()),
};
