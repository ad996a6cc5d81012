import type { RecipeView, Secrecy } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';

const TONES: Record<Secrecy, Tone> = { basic: 'good', advanced: 'warn', top_secret: 'bad' };

export function SecrecyBadge({ secrecy }: { secrecy: Secrecy }) {
  return <Badge tone={TONES[secrecy]}>{spoken(secrecy)}</Badge>;
}

interface CardProps {
  recipe: RecipeView;
  isRemoved?: boolean;
  onOpen: () => void;
}

/** What everybody may know of a recipe who sees it at all. */
export function Card({ recipe, isRemoved = false, onOpen }: CardProps) {
  const { name, ingredients, allergens, craft } = recipe;
  return (
    <li className="card recipes-card">
      <div className="row is-apart">
        <h2>{name}</h2>
        {craft && <SecrecyBadge secrecy={craft.secrecy} />}
      </div>
      <p>{ingredients.join(', ')}</p>
      {allergens.length > 0 && (
        <p className="aside">
          <strong>Allergens:</strong> {allergens.join(', ')}
        </p>
      )}
      {craft && (
        <p className="aside">
          {craft.chefName}
          {craft.difficulty && `, ${craft.difficulty}`}
        </p>
      )}
      <div>
        {isRemoved ? (
          <Restore recipe={recipe} />
        ) : (
          <Button aria-label={`Open ${name}`} onClick={onOpen}>
            Open
          </Button>
        )}
      </div>
    </li>
  );
}

function Restore({ recipe }: { recipe: RecipeView }) {
  const { id: recipeId, name } = recipe;
  const { run, busy } = useDoing({
    call: () => comanda.recipes.restore.mutate({ recipeId }),
    said: `${name} is back in the book.`,
    touches: ['recipes'],
  });
  return (
    <Button busy={busy} aria-label={`Restore ${name}`} onClick={() => run()}>
      Restore
    </Button>
  );
}
