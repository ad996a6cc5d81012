import { type Invitation, refusedWith } from '@comanda/client';
import { comanda, startAfresh } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { useRestaurant } from '../../house/restaurant.ts';
import { type Who } from '../../house/who.ts';
import { useSay } from '../../parts/toasts.tsx';
import { Button, ButtonLink } from '../../parts/button.tsx';

/** Where one works, where one is invited to, and going from one to the other. */
export function Workplace({ who: { session } }: { who: Who }) {
  const { user, title, invitations } = session;
  const { restaurant } = useRestaurant();
  const say = useSay();
  const { run, busy, input } = useDoing({
    call: (restaurantId: string | null) => comanda.auth.switchRestaurant.mutate({ restaurantId }),
    said: ({ user: { restaurant: at } }) =>
      at ? `You are at work at ${at.name} now.` : 'You are here as a guest now.',
    onDone: () => void startAfresh(),
    onRefused: (error) => {
      if (!refusedWith(error, 'STAFF_PROFILE_MISSING')) return false;
      say('You do not work there.', 'bad');
      return true;
    },
  });
  const switching = (restaurantId: string | null) => busy && input === restaurantId;
  const isElsewhere = restaurant && restaurant.id !== user.restaurant?.id;
  return (
    <section className="card stack" aria-labelledby="account-work">
      <h2 id="account-work">Where you work</h2>
      {user.restaurant ? (
        <>
          <p>
            You work at <strong>{user.restaurant.name}</strong> as {title}.
          </p>
          <div className="row">
            <ButtonLink to="/work">To my work</ButtonLink>
            <Button busy={switching(null)} onClick={() => run(null)}>
              Go on as a guest
            </Button>
          </div>
        </>
      ) : (
        <p>You are here as a guest.</p>
      )}
      {isElsewhere && (
        <p className="row">
          <span>You work at {restaurant.name}?</span>
          <Button busy={switching(restaurant.id)} onClick={() => run(restaurant.id)}>
            Go to work there
          </Button>
        </p>
      )}
      {invitations.map((invitation) => (
        <Invited
          key={invitation.restaurantId}
          invitation={invitation}
          busy={switching(invitation.restaurantId)}
          onYes={() => run(invitation.restaurantId)}
        />
      ))}
    </section>
  );
}

interface InvitedProps {
  invitation: Invitation;
  busy: boolean;
  onYes: () => void;
}

function Invited({ invitation: { restaurantName, role }, busy, onYes }: InvitedProps) {
  return (
    <p className="row is-apart">
      <span>
        <strong>{restaurantName}</strong> invites you as {spoken(role).toLowerCase()}.
      </span>
      <Button kind="main" busy={busy} onClick={onYes}>
        Accept
      </Button>
    </p>
  );
}
