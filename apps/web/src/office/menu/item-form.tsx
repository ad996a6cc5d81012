import { type ItemView, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Conflict } from './conflict.tsx';
import { GroupsEditor } from './groups-editor.tsx';
import { keepItem } from './item-cache.ts';
import { changesIn, draftOf, EMPTY, type ItemDraft, readDraft } from './item-draft.ts';
import { ItemFields } from './item-fields.tsx';
import { MealtimesEditor } from './mealtimes-editor.tsx';

/** Everything that a field of the form has to know. */
export interface Filling {
  draft: ItemDraft;
  set: (changes: Partial<ItemDraft>) => void;
  /** What is wrong at a path, by the form or by the service. */
  wrong: (path: string) => string | undefined;
}

interface ItemFormProps {
  item: ItemView | undefined;
  currency: string;
  onSaved: (item: ItemView) => void;
}

export function ItemForm({ item, currency, onSaved }: ItemFormProps) {
  const [before, setBefore] = useState(() => (item ? draftOf(item, currency) : EMPTY));
  const [draft, setDraft] = useState(before);
  const [isTried, setIsTried] = useState(false);
  const { save, theirs } = useSaving({ item, draft, before, currency, onSaved });
  const { said, wrong } = readDraft(draft, currency);
  const hasWrong = Object.keys(wrong).length > 0;
  const filling: Filling = {
    draft,
    set: (changes) => setDraft((old) => ({ ...old, ...changes })),
    wrong: (path) => (isTried ? wrong[path] : undefined) ?? toldAt(save.error, path),
  };
  return (
    <form
      noValidate
      className="office-menu-form"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (!hasWrong) save.run(item?.version);
      }}
    >
      <ItemFields {...filling} />
      <GroupsEditor {...filling} />
      <MealtimesEditor {...filling} />
      {theirs && (
        <Conflict
          mine={said}
          before={readDraft(before, currency).said}
          theirs={readDraft(draftOf(theirs, currency), currency).said}
          currency={currency}
          onTake={() => {
            setBefore(draftOf(theirs, currency));
            setDraft(draftOf(theirs, currency));
            save.reset();
          }}
          onKeep={() => save.run(theirs.version)}
        />
      )}
      {isTried && hasWrong && <Notice kind="bad">Something is missing above.</Notice>}
      {isUntold(save.error) && <Notice kind="bad">{inWords(save.error)}</Notice>}
      {!theirs && (
        <div className="row">
          <Button kind="main" type="submit" busy={save.busy}>
            {item ? 'Save' : 'Put on the menu'}
          </Button>
        </div>
      )}
    </form>
  );
}

interface Saving extends ItemFormProps {
  draft: ItemDraft;
  before: ItemDraft;
}

function useSaving({ item, draft, before, currency, onSaved }: Saving) {
  const look = useDoing({
    call: (itemId: string) => comanda.menu.show.query({ itemId }),
    onDone: (now) => {
      keepItem(now);
      setTheirs(now);
    },
  });
  const [theirs, setTheirs] = useState<ItemView>();
  const save = useDoing({
    call: (expectedVersion: number | undefined) => {
      if (item === undefined) {
        return comanda.menu.items.create.mutate(readDraft(draft, currency).said);
      }
      const changes = changesIn(draft, before, currency);
      return comanda.menu.items.update.mutate({ itemId: item.id, expectedVersion, ...changes });
    },
    said: item ? 'Saved.' : ({ name }) => `${name} is on the menu.`,
    touches: ['menu'],
    onDone: onSaved,
    onRefused: (error) => {
      if (item && refusedWith(error, 'VERSION_CONFLICT')) look.run(item.id);
      return true;
    },
  });
  return {
    save: { ...save, reset: () => (save.reset(), setTheirs(undefined)) },
    theirs: refusedWith(save.error, 'VERSION_CONFLICT') ? theirs : undefined,
  };
}

function toldAt(error: unknown, path: string): string | undefined {
  if (path === 'slug' && refusedWith(error, 'MENU_SLUG_TAKEN')) {
    return 'Another item has this address.';
  }
  return issueOf(error, path);
}

function isUntold(error: unknown): boolean {
  return (
    !!error && !refusedWith(error, 'VERSION_CONFLICT') && !refusedWith(error, 'MENU_SLUG_TAKEN')
  );
}
