import type { RecipeView } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { dayAndTime, spoken } from '../../house/figures.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { SecrecyBadge } from './card.tsx';
import { useReach } from './reach.ts';

interface RecipeSheetProps {
  recipe: RecipeView;
  onClose: () => void;
  onEdit: () => void;
}

/** One recipe, as far as one may read it. */
export function RecipeSheet({ recipe, onClose, onEdit }: RecipeSheetProps) {
  const { mayChange } = useReach();
  return (
    <Sheet open onClose={onClose} title={recipe.name}>
      <Written recipe={recipe} />
      {mayChange(recipe) && (
        <div className="row">
          <Button onClick={onEdit}>Change</Button>
          <Remove recipe={recipe} onDone={onClose} />
        </div>
      )}
    </Sheet>
  );
}

/** What is written down: the card, and for cooks how it is made. */
export function Written({ recipe }: { recipe: RecipeView }) {
  const timeZone = useWorkplace().place?.timeZone;
  const { ingredients, allergens, craft } = recipe;
  return (
    <div className="stack">
      {craft && (
        <div className="row">
          <SecrecyBadge secrecy={craft.secrecy} />
          {craft.difficulty && <span>{spoken(craft.difficulty)}</span>}
          <span className="aside">
            {craft.chefName}, {dayAndTime(craft.updatedAt, timeZone)}
          </span>
        </div>
      )}
      <section>
        <h3>Ingredients</h3>
        <ul className="recipes-ingredients">
          {ingredients.map((ingredient) => (
            <li key={ingredient}>{ingredient}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>Allergens</h3>
        <p>{allergens.length > 0 ? allergens.join(', ') : 'None is noted.'}</p>
      </section>
      {craft && (
        <section>
          <h3>How it is made</h3>
          <p className="recipes-steps">{craft.instructions || 'Not written down yet.'}</p>
        </section>
      )}
    </div>
  );
}

function Remove({ recipe, onDone }: { recipe: RecipeView; onDone: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const { id: recipeId, name } = recipe;
  const { run, busy } = useDoing({
    call: () => comanda.recipes.remove.mutate({ recipeId }),
    said: `${name} is out of the book.`,
    touches: ['recipes'],
    onDone,
  });
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        Take out of the book
      </Button>
      <Ask
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Take ${name} out of the book?`}
        yes="Take it out"
        busy={busy}
        onYes={() => run()}
      >
        Nobody reads it any more. It can be restored.
      </Ask>
    </>
  );
}
