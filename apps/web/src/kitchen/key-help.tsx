import { Tick } from '../parts/field.tsx';
import { Sheet } from '../parts/sheet.tsx';

const KEYS = [
  ['← → ↑ ↓', 'From ticket to ticket'],
  ['Enter', 'Starts the next item, or finishes it'],
  ['Shift + Enter', 'All of the ticket is done'],
  ['R', 'Recalls what was finished'],
  ['0', 'All stations'],
  ['1 – 9', 'One station'],
  ['?', 'These keys'],
] as const;

interface KeyHelpProps {
  letters: boolean;
  setLetters: (letters: boolean) => void;
  onClose: () => void;
}

/** The keys, and a switch for those that somebody who dictates might press by speaking. */
export function KeyHelp({ letters, setLetters, onClose }: KeyHelpProps) {
  return (
    <Sheet open title="Keys" onClose={onClose}>
      <dl className="kitchen-keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Tick
        label="Letters and numbers work, too"
        checked={letters}
        onChange={({ target }) => setLetters(target.checked)}
      />
    </Sheet>
  );
}
