import './stepper.css';

interface StepperProps {
  /** Of what there are so many. */
  of: string;
  value: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}

/** One fewer, how many, one more. */
export function Stepper({ of, value, min = 1, max = 99, onChange }: StepperProps) {
  return (
    <div className="stepper" role="group" aria-label={`How many: ${of}`}>
      <Step label={`One fewer: ${of}`} sign="−" off={value <= min} go={() => onChange(value - 1)} />
      <output className="stepper-value amount">{value}</output>
      <Step label={`One more: ${of}`} sign="+" off={value >= max} go={() => onChange(value + 1)} />
    </div>
  );
}

interface StepProps {
  label: string;
  sign: string;
  off: boolean;
  go: () => void;
}

/** Stays in the order of the keyboard when it does nothing: whoever stands on it is not thrown off. */
function Step({ label, sign, off, go }: StepProps) {
  return (
    <button
      type="button"
      className="stepper-step"
      aria-label={label}
      aria-disabled={off}
      onClick={off ? undefined : go}
    >
      {sign}
    </button>
  );
}
