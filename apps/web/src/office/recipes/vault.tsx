import type { Vault } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Written } from './recipe.tsx';

/** The top secret recipes, behind a door. What is seen is gone from the page when one leaves it. */
export function VaultDoor({ how }: { how: 'opens' | 'breaks' }) {
  const [vault, setVault] = useState<Vault | null>(null);
  const [reason, setReason] = useState('');
  const opening = useDoing({
    call: (cursor?: string) =>
      how === 'breaks'
        ? comanda.recipes.breakGlass.mutate({ reason, cursor })
        : comanda.recipes.vault.mutate({ cursor }),
    onDone: (next, cursor) =>
      setVault((before) =>
        before && cursor !== undefined
          ? { ...next, items: [...before.items, ...next.items] }
          : next,
      ),
  });
  if (vault === null) {
    const open = () => opening.run(undefined);
    return how === 'breaks' ? (
      <Glass reason={reason} setReason={setReason} busy={opening.busy} onBreak={open} />
    ) : (
      <Door busy={opening.busy} onOpen={open} />
    );
  }
  return (
    <div className="stack">
      <Notice kind="warn">
        <p>
          {vault.message} {vault.vaultWarning}
        </p>
        <Button onClick={() => setVault(null)}>Close the vault</Button>
      </Notice>
      {vault.items.map((recipe) => (
        <section key={recipe.id} className="card" aria-label={recipe.name}>
          <h2>{recipe.name}</h2>
          <Written recipe={recipe} />
        </section>
      ))}
      {vault.nextCursor !== null && (
        <Button busy={opening.busy} onClick={() => opening.run(vault.nextCursor ?? undefined)}>
          Show more; that is recorded, too
        </Button>
      )}
    </div>
  );
}

function Door({ busy, onOpen }: { busy: boolean; onOpen: () => void }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card stack" aria-label="The vault">
      <h2>The vault</h2>
      <p>Here are the top secret recipes.</p>
      <div>
        <Button kind="main" onClick={() => setAsking(true)}>
          Open the vault
        </Button>
      </div>
      <Ask
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Open the vault?"
        yes="Open it"
        busy={busy}
        onYes={onOpen}
      >
        Opening the vault is recorded: who did it, and when.
      </Ask>
    </section>
  );
}

interface GlassProps {
  reason: string;
  setReason: (reason: string) => void;
  busy: boolean;
  onBreak: () => void;
}

function Glass({ reason, setReason, busy, onBreak }: GlassProps) {
  const [isAsking, setAsking] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsking(true);
  };
  return (
    <form className="card stack" aria-label="Break the glass" onSubmit={submit}>
      <h2>In an emergency</h2>
      <p>
        The vault is the master chef’s. You can break the glass, with a reason that everybody sees
        who reads the audit log.
      </p>
      <Field
        label="Reason"
        required
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <div>
        <Button kind="danger" type="submit">
          Break the glass
        </Button>
      </div>
      <Ask
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Break the glass?"
        yes="Break it"
        busy={busy}
        onYes={onBreak}
      >
        It is recorded who did it, when and why, and an alarm is raised.
      </Ask>
    </form>
  );
}
