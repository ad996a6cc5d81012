import { comanda } from '../house/comanda.ts';

interface PhotoProps {
  pictureId: string | null;
  /** What is to be seen; empty where the words beside it say so. */
  alt: string;
  size?: 'small' | 'large';
  className?: string;
}

/** A picture, or a quiet place where one could be; its room is kept while it loads. */
export function Photo({ pictureId, alt, size = 'small', className = '' }: PhotoProps) {
  if (pictureId === null) return <div className={`photo is-empty ${className}`} aria-hidden />;
  return (
    <img
      className={`photo ${className}`}
      src={comanda.files.url(pictureId, size)}
      alt={alt}
      loading="lazy"
      decoding="async"
    />
  );
}
