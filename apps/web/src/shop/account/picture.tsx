import { refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Photo } from '../../parts/photo.tsx';

/** A picture of oneself: chosen, looked at, and only then sent. */
export function Picture() {
  const { data: profile } = useQuery(calls.profile.show.queryOptions());
  const [file, setFile] = useState<File>();
  const { run, busy, error, reset } = useDoing({
    call: async (chosen: File | null) => {
      const picture = chosen && (await comanda.files.upload.mutate(chosen));
      return comanda.profile.setAvatar.mutate({ pictureId: picture?.id ?? null });
    },
    said: (_, chosen) => (chosen ? 'Your picture is up.' : 'Your picture is gone.'),
    onDone: (saved) => {
      setFile(undefined);
      kept.setQueryData(calls.profile.show.queryKey(), saved);
    },
    onRefused: () => true,
  });
  return (
    <section className="card account-picture" aria-labelledby="account-picture">
      <h2 id="account-picture">Your picture</h2>
      {file ? (
        <Preview file={file} />
      ) : (
        <Photo
          pictureId={profile?.avatarId ?? null}
          alt="You, as others see you"
          className="account-avatar"
        />
      )}
      {error !== null && <Notice kind="bad">{whyNot(error)}</Notice>}
      <div className="row">
        {file && (
          <>
            <Button kind="main" busy={busy} onClick={() => run(file)}>
              Use this picture
            </Button>
            <Button onClick={() => setFile(undefined)}>Not this one</Button>
          </>
        )}
        <Chooser
          onChosen={(chosen) => {
            reset();
            setFile(chosen);
          }}
        />
        {!file && profile?.avatarId && (
          <Button kind="danger" busy={busy} onClick={() => run(null)}>
            Take it down
          </Button>
        )}
      </div>
    </section>
  );
}

function Chooser({ onChosen }: { onChosen: (file: File | undefined) => void }) {
  const choosing = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={choosing}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        className="unseen"
        tabIndex={-1}
        aria-label="Picture file"
        onChange={({ target }) => {
          onChosen(target.files?.[0]);
          target.value = '';
        }}
      />
      <Button onClick={() => choosing.current?.click()}>Choose a picture</Button>
    </>
  );
}

function Preview({ file }: { file: File }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(file);
    if (image.current) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [file]);
  return <img ref={image} className="photo account-avatar" alt="What you chose" />;
}

function whyNot(error: unknown): string {
  if (refusedWith(error, 'NOT_A_PICTURE')) {
    return 'This file is no picture that can be shown. Take a JPEG, PNG or WebP.';
  }
  if (refusedWith(error, 'PICTURE_TOO_LARGE')) {
    const { maxBytes, maxPixels } = error.details;
    const megabytes = Math.floor(maxBytes / 1_048_576);
    const megapixels = Math.floor(maxPixels / 1_000_000);
    return `The picture is too large: up to ${megabytes} MB and ${megapixels} megapixels are taken.`;
  }
  return inWords(error);
}
