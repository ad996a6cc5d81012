import { authErrors } from '../auth/auth.errors.ts';
import { signedIn } from '../trpc.ts';
import { updateProfile } from './profile.actions.ts';
import { ProfileView, UpdateProfile } from './profile.schema.ts';
import { ownProfile } from './profile.views.ts';

const { NAME_TAKEN, SESSION_REQUIRED } = authErrors;

export const profileProcedures = {
  show: signedIn()
    .meta({ summary: 'Shows the caller, with the staff card of where they work.' })
    .output(ProfileView)
    .query(({ ctx }) => ownProfile(ctx)),
  update: signedIn(NAME_TAKEN, SESSION_REQUIRED)
    .meta({ summary: 'Changes names of the caller, and what they say of themselves.' })
    .input(UpdateProfile)
    .output(ProfileView)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
};
