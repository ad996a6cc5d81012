import { anyone, signedIn } from '../trpc.ts';
import { OwnPermissions, PermissionMatrix } from './permissions.schema.ts';
import { ownPermissions, permissionMatrix } from './permissions.views.ts';

export const permissionsProcedures = {
  mine: signedIn()
    .meta({ summary: 'Tells what the caller may do.' })
    .output(OwnPermissions)
    .query(({ ctx }) => ownPermissions(ctx.actor)),
  matrix: anyone()
    .meta({ summary: 'Tells what every role may do.' })
    .output(PermissionMatrix)
    .query(() => permissionMatrix()),
};
