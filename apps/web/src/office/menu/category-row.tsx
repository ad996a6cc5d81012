import { type CategoryView, refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';
import { useSay } from '../../parts/toasts.tsx';

interface CategoryRowProps {
  category: CategoryView;
  busy: boolean;
  onEarlier: (() => void) | undefined;
  onLater: (() => void) | undefined;
  onRemove: () => void;
}

export function CategoryRow(props: CategoryRowProps) {
  const { category, busy, onEarlier, onLater, onRemove } = props;
  const { title, skipsKitchen, version } = category;
  // Of which version the form is: what is saved is another one, and its form is closed.
  const [openAt, setOpenAt] = useState<number>();
  const isOpen = openAt === version;
  return (
    <li className="card stack">
      <div className="row is-apart">
        <span className="row">
          <strong>{title}</strong>
          {skipsKitchen && <Badge>No cooking</Badge>}
        </span>
        <span className="row">
          <Button
            kind="quiet"
            aria-label={`Move ${title} up`}
            aria-disabled={!onEarlier}
            busy={busy}
            onClick={onEarlier}
          >
            ↑
          </Button>
          <Button
            kind="quiet"
            aria-label={`Move ${title} down`}
            aria-disabled={!onLater}
            busy={busy}
            onClick={onLater}
          >
            ↓
          </Button>
          <Button
            kind="quiet"
            aria-expanded={isOpen}
            onClick={() => setOpenAt(isOpen ? undefined : version)}
          >
            Change<span className="unseen"> {title}</span>
          </Button>
          <Button kind="quiet" busy={busy} onClick={onRemove}>
            Remove<span className="unseen"> {title}</span>
          </Button>
        </span>
      </div>
      {isOpen && <CategoryForm category={category} />}
    </li>
  );
}

function CategoryForm({ category }: { category: CategoryView }) {
  const say = useSay();
  const [title, setTitle] = useState(category.title);
  const [skipsKitchen, setSkipsKitchen] = useState(category.skipsKitchen);
  const { run, busy } = useDoing({
    call: () =>
      comanda.menu.categories.update.mutate({
        categoryId: category.id,
        expectedVersion: category.version,
        title: title.trim(),
        skipsKitchen,
      }),
    said: 'Saved.',
    touches: ['menu'],
    onRefused: (error) => {
      if (!refusedWith(error, 'VERSION_CONFLICT')) return false;
      say('Somebody else changed it meanwhile. This is how it is now.', 'bad');
      return true;
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <form onSubmit={submit} className="form">
      <Field
        label="Title"
        required
        maxLength={100}
        value={title}
        onChange={({ target }) => setTitle(target.value)}
      />
      <Tick
        label="Needs no cooking"
        checked={skipsKitchen}
        onChange={({ target }) => setSkipsKitchen(target.checked)}
      />
      <Button type="submit" busy={busy}>
        Save
      </Button>
    </form>
  );
}
