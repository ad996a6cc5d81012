import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { anyone, signedIn } from '../trpc.ts';
import { changePassword, register } from './auth.actions.ts';
import {
  issuePass,
  resetPassword,
  revokeOthers,
  revokePass,
  revokeSession,
} from './auth.credentials.actions.ts';
import { authErrors } from './auth.errors.ts';
import { fromOwnPage, handedOver } from './auth.jar.ts';
import { login } from './auth.login.actions.ts';
import {
  ChangePassword,
  Ended,
  IssuePass,
  Login,
  Logout,
  LoggedOut,
  PassList,
  PassView,
  Refresh,
  Register,
  ResetPassword,
  Revoke,
  SessionList,
  SessionView,
  SignedInView,
  SwitchedView,
  SwitchRestaurant,
} from './auth.schema.ts';
import { logout, refresh, switchRestaurant } from './auth.sessions.actions.ts';
import { ownPasses, ownSession, ownSessions } from './auth.views.ts';

const { QUOTA_EXCEEDED, NOT_FOUND } = kernelErrors;
const { INVALID_CREDENTIALS, NAME_TAKEN, PASSWORD_WEAK, SESSION_REQUIRED } = authErrors;
const { CODE_INVALID, NOT_STAFF, ORIGIN_DENIED, STAFF_PROFILE_MISSING, TOKEN_REUSED } = authErrors;

/** Signing in and out: an old token in the header is no reason to refuse. */
const door = { access: 'anyone', signsInOrOut: true } as const;

export const authProcedures = {
  register: anyone(NAME_TAKEN, PASSWORD_WEAK, QUOTA_EXCEEDED, ORIGIN_DENIED)
    .meta({ ...door, summary: 'Makes an account and signs it in.' })
    .use(fromOwnPage)
    .input(Register)
    .output(SignedInView)
    .mutation(async ({ ctx, input }) => handedOver(ctx, await register(ctx, input))),
  login: anyone(
    INVALID_CREDENTIALS,
    NOT_STAFF,
    STAFF_PROFILE_MISSING,
    QUOTA_EXCEEDED,
    ORIGIN_DENIED,
  )
    .meta({ ...door, summary: 'Signs in and starts a session.' })
    .use(fromOwnPage)
    .input(Login)
    .output(SignedInView)
    .mutation(async ({ ctx, input }) => handedOver(ctx, await login(ctx, input))),
  refresh: anyone(TOKEN_REUSED, QUOTA_EXCEEDED, ORIGIN_DENIED)
    .meta({ ...door, summary: 'Trades a refresh token for new tokens.' })
    .use(fromOwnPage)
    .input(Refresh)
    .output(SignedInView)
    .mutation(async ({ ctx, input }) => handedOver(ctx, await refresh(ctx, input))),
  logout: anyone(ORIGIN_DENIED)
    .meta({ ...door, summary: 'Ends the session.' })
    .use(fromOwnPage)
    .input(Logout)
    .output(LoggedOut)
    .mutation(({ ctx, input }) => logout(ctx, input)),
  resetPassword: anyone(CODE_INVALID, PASSWORD_WEAK, QUOTA_EXCEEDED)
    .meta({ ...door, summary: 'Sets a new password by a one-use code and ends every session.' })
    .input(ResetPassword)
    .output(Ended)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  session: signedIn()
    .meta({ summary: 'Tells who is signed in, with which role and capabilities, and until when.' })
    .output(SessionView)
    .query(({ ctx }) => ownSession(ctx)),
  changePassword: signedIn(INVALID_CREDENTIALS, PASSWORD_WEAK, SESSION_REQUIRED, QUOTA_EXCEEDED)
    .meta({ summary: 'Changes the password and ends every other session.' })
    .input(ChangePassword)
    .output(Ended)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  switchRestaurant: signedIn(STAFF_PROFILE_MISSING, SESSION_REQUIRED)
    .meta({ summary: 'Moves the session to another membership, or to none.' })
    .input(SwitchRestaurant)
    .output(SwitchedView)
    .mutation(({ ctx, input }) => switchRestaurant(ctx, input)),
  sessions: {
    list: signedIn(SESSION_REQUIRED)
      .meta({ summary: 'Lists the sessions of the account.' })
      .output(SessionList)
      .query(({ ctx }) => ownSessions(ctx)),
    revoke: signedIn(NOT_FOUND, SESSION_REQUIRED)
      .meta({ summary: 'Ends one session of the account.' })
      .input(Revoke)
      .output(Ended)
      .mutation(({ ctx, input }) => revokeSession(ctx, input)),
    revokeOthers: signedIn(SESSION_REQUIRED)
      .meta({ summary: 'Ends every session of the account but this one.' })
      .output(Ended)
      .mutation(({ ctx }) => revokeOthers(ctx)),
  },
  passes: {
    issue: signedIn(SESSION_REQUIRED)
      .meta({ summary: 'Issues a device pass; its token is told this once.' })
      .input(IssuePass)
      .output(PassView)
      .mutation(({ ctx, input }) => issuePass(ctx, input)),
    list: signedIn(SESSION_REQUIRED)
      .meta({ summary: 'Lists the device passes of the account.' })
      .output(PassList)
      .query(({ ctx }) => ownPasses(ctx)),
    revoke: signedIn(NOT_FOUND)
      .meta({ summary: 'Ends one device pass of the account.' })
      .input(Revoke)
      .output(Ended)
      .mutation(({ ctx, input }) => revokePass(ctx, input)),
  },
};
