import { type CategoryView, refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { CategoryRow } from './category-row.tsx';

interface CategoriesSheetProps {
  categories: CategoryView[];
  onClose: () => void;
  /** Shows the items of one. */
  onShow: (slug: string) => void;
}

/** The parts of the menu, in their order. */
export function CategoriesSheet({ categories, onClose, onShow }: CategoriesSheetProps) {
  const move = useDoing({
    call: (order: CategoryView[]) => place(order),
    touches: ['menu'],
  });
  const remove = useDoing({
    call: ({ id: categoryId }: CategoryView) =>
      comanda.menu.categories.remove.mutate({ categoryId }),
    said: (_, { title }) => `${title} is gone.`,
    touches: ['menu'],
    onRefused: (error) => refusedWith(error, 'CATEGORY_IN_USE'),
  });
  const inUse = refusedWith(remove.error, 'CATEGORY_IN_USE') ? remove.error.details.items : 0;
  return (
    <Sheet open onClose={onClose} title="Categories" wide>
      {inUse > 0 && remove.input && (
        <Notice kind="warn">
          <p>
            {inUse === 1 ? 'One item is' : `${inUse} items are`} still in {remove.input.title}. Move
            them to another category, or remove them, then this one can go.
          </p>
          <Button onClick={() => onShow(remove.input?.slug ?? '')}>Show them</Button>
        </Notice>
      )}
      <ul className="office-menu-categories" aria-label="Categories">
        {categories.map((category, at) => (
          <CategoryRow
            key={category.id}
            category={category}
            busy={move.busy || remove.busy}
            onEarlier={at === 0 ? undefined : () => move.run(swapped(categories, at - 1))}
            onLater={
              at === categories.length - 1 ? undefined : () => move.run(swapped(categories, at))
            }
            onRemove={() => remove.run(category)}
          />
        ))}
      </ul>
      <NewCategory position={categories.length} />
    </Sheet>
  );
}

/** With this one and the next in each other's place. */
function swapped(categories: CategoryView[], at: number): CategoryView[] {
  const [one, other] = categories.slice(at, at + 2);
  if (!one || !other) return categories;
  return [...categories.slice(0, at), other, one, ...categories.slice(at + 2)];
}

/** Writes down the place of those that stand elsewhere now. */
async function place(order: CategoryView[]): Promise<void> {
  const moved = [...order.entries()].filter(([at, { position }]) => position !== at);
  await Promise.all(
    moved.map(([position, { id: categoryId }]) =>
      comanda.menu.categories.update.mutate({ categoryId, position }),
    ),
  );
}

function NewCategory({ position }: { position: number }) {
  const [title, setTitle] = useState('');
  const [skipsKitchen, setSkipsKitchen] = useState(false);
  const { run, busy } = useDoing({
    call: () =>
      comanda.menu.categories.create.mutate({ title: title.trim(), position, skipsKitchen }),
    said: (made) => `${made.title} is on the menu.`,
    touches: ['menu'],
    onDone: () => setTitle(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <form onSubmit={submit} className="form">
      <Field
        label="New category"
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
      <Button kind="main" type="submit" busy={busy}>
        Add
      </Button>
    </form>
  );
}
