import { newId } from '../../house/new-id.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import type { GroupDraft, OptionDraft } from './item-draft.ts';
import type { Filling } from './item-form.tsx';
import { OptionFields } from './option-fields.tsx';

const anOption = (): OptionDraft => ({
  id: newId(),
  name: '',
  priceDelta: '',
  available: true,
  maxQuantity: '1',
});

const aGroup = (): GroupDraft => ({
  id: newId(),
  name: '',
  min: '0',
  max: '1',
  options: [anOption()],
});

/** One place earlier in the list. */
function earlier<Thing>(things: Thing[], at: number): Thing[] {
  const rest = things.filter((_, each) => each !== at);
  return [...rest.slice(0, at - 1), ...things.slice(at, at + 1), ...rest.slice(at - 1)];
}

/** What guests are asked about an item: its sizes, sides and extras. */
export function GroupsEditor({ draft, set, wrong }: Filling) {
  const { options: groups } = draft;
  const change = (at: number, changes: Partial<GroupDraft>) =>
    set({ options: groups.map((group, each) => (each === at ? { ...group, ...changes } : group)) });
  return (
    <fieldset className="office-menu-part">
      <legend>Questions and options</legend>
      {groups.length === 0 && (
        <p className="hint">Such as a size, a side, or what is put on top.</p>
      )}
      {groups.map((group, at) => (
        <Group
          key={group.id}
          group={group}
          at={at}
          wrong={wrong}
          onChange={(changes) => change(at, changes)}
          onEarlier={() => set({ options: earlier(groups, at) })}
          onRemove={() => set({ options: groups.filter((_, each) => each !== at) })}
        />
      ))}
      <div>
        <Button onClick={() => set({ options: [...groups, aGroup()] })}>Add a question</Button>
      </div>
    </fieldset>
  );
}

interface GroupProps {
  group: GroupDraft;
  at: number;
  wrong: Filling['wrong'];
  onChange: (changes: Partial<GroupDraft>) => void;
  onEarlier: () => void;
  onRemove: () => void;
}

function Group({ group, at, wrong, onChange, onEarlier, onRemove }: GroupProps) {
  const { options } = group;
  const said = (field: string) => wrong(`options.${at}.${field}`);
  const changeOption = (which: number, changes: Partial<OptionDraft>) =>
    onChange({
      options: options.map((each, place) => (place === which ? { ...each, ...changes } : each)),
    });
  const name = group.name || `question ${at + 1}`;
  return (
    <div className="office-menu-group" role="group" aria-label={`Question ${at + 1}`}>
      <QuestionFields group={group} said={said} onChange={onChange} />
      {options.map((option, which) => (
        <OptionFields
          key={option.id}
          option={option}
          at={which}
          wrong={(field) => said(`options.${which}.${field}`)}
          onChange={(changes) => changeOption(which, changes)}
          onEarlier={() => onChange({ options: earlier(options, which) })}
          onRemove={() => onChange({ options: options.filter((_, place) => place !== which) })}
        />
      ))}
      <div className="row">
        <Button onClick={() => onChange({ options: [...options, anOption()] })}>
          Add an option<span className="unseen"> to {name}</span>
        </Button>
        {at > 0 && (
          <Button kind="quiet" onClick={onEarlier}>
            Move up<span className="unseen"> {name}</span>
          </Button>
        )}
        <Button kind="quiet" onClick={onRemove}>
          Remove<span className="unseen"> {name}</span>
        </Button>
      </div>
    </div>
  );
}

interface QuestionFieldsProps extends Pick<GroupProps, 'group' | 'onChange'> {
  said: (field: string) => string | undefined;
}

function QuestionFields({ group, said, onChange }: QuestionFieldsProps) {
  return (
    <div className="office-menu-question">
      <Field
        label="Question"
        placeholder="Size"
        maxLength={100}
        value={group.name}
        wrong={said('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <Field
        label="At least"
        inputMode="numeric"
        value={group.min}
        wrong={said('min')}
        onChange={({ target }) => onChange({ min: target.value })}
      />
      <Field
        label="At most"
        inputMode="numeric"
        value={group.max}
        wrong={said('max')}
        onChange={({ target }) => onChange({ max: target.value })}
      />
    </div>
  );
}
