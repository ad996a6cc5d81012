import { useLocation } from 'wouter';
import { comanda, startAfresh } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Button } from '../../parts/button.tsx';

export function SignOut() {
  const [, go] = useLocation();
  const { run, busy } = useDoing({
    call: () => comanda.auth.logout.mutate(),
    onDone: () => {
      go('/');
      void startAfresh();
    },
  });
  return (
    <Button busy={busy} onClick={() => run()}>
      Sign out
    </Button>
  );
}
