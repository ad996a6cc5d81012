import { type ItemView, refusedWith } from '@comanda/client';
import { useId } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Photo } from '../../parts/photo.tsx';
import { keepItem } from './item-cache.ts';

interface ItemPhotoProps {
  item: ItemView;
  onChange: (item: ItemView) => void;
}

/** The photo of an item: hung up as soon as it is chosen. */
export function ItemPhoto({ item, onChange }: ItemPhotoProps) {
  const id = useId();
  const hung = (now: ItemView) => {
    keepItem(now);
    onChange(now);
  };
  const hang = useDoing({
    call: async (file: File) => {
      const { id: pictureId } = await comanda.files.upload.mutate(file);
      return comanda.menu.items.setPhoto.mutate({ itemId: item.id, pictureId });
    },
    said: 'The photo hangs.',
    onDone: hung,
    onRefused: () => true,
  });
  const takeDown = useDoing({
    call: () => comanda.menu.items.setPhoto.mutate({ itemId: item.id, pictureId: null }),
    said: 'The photo is taken down.',
    onDone: hung,
  });
  const wrong = hang.error ? whyNot(hang.error) : undefined;
  return (
    <div className="office-menu-hanging">
      <Photo pictureId={item.photoId} alt={`Photo of ${item.name}`} />
      <div className="field">
        <label htmlFor={id}>{item.photoId === null ? 'Photo' : 'Another photo'}</label>
        <input
          id={id}
          type="file"
          accept="image/*"
          disabled={hang.busy}
          aria-invalid={wrong !== undefined}
          aria-describedby={`${id}-about`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) hang.run(file);
            target.value = '';
          }}
        />
        <p id={`${id}-about`} className={wrong === undefined ? 'hint' : 'wrong'} role="status">
          {hang.busy ? 'On its way…' : (wrong ?? 'Guests see it at once.')}
        </p>
        {item.photoId !== null && (
          <Button busy={takeDown.busy} onClick={() => takeDown.run()}>
            Take it down
          </Button>
        )}
      </div>
    </div>
  );
}

function whyNot(error: unknown): string {
  if (refusedWith(error, 'NOT_A_PICTURE')) {
    return `That is no picture that can be shown. These can: ${error.details.kinds.join(', ')}.`;
  }
  if (refusedWith(error, 'PICTURE_TOO_LARGE')) {
    const { maxBytes, maxPixels } = error.details;
    const size = `${Math.floor(maxBytes / 1_000_000)} MB`;
    return `That picture is too large. Up to ${size} and ${Math.floor(maxPixels / 1_000_000)} megapixels.`;
  }
  return inWords(error);
}
