interface Bar {
  label: string;
  value: number;
  /** The value in words: `€120.50`. */
  told: string;
}

interface BarsProps {
  title: string;
  bars: Bar[];
}

const HEIGHT = 100;

/** Columns side by side, for what people would rather look at than read; the same stands in a table for those who listen. */
export function Bars({ title, bars }: BarsProps) {
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  const width = 100 / Math.max(1, bars.length);
  return (
    <figure className="bars">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
        className="bars-plot"
      >
        {bars.map(({ label, value, told }, at) => {
          const height = (value / highest) * HEIGHT;
          return (
            <rect
              key={label}
              x={at * width + width * 0.15}
              y={HEIGHT - height}
              width={width * 0.7}
              height={height}
            >
              <title>{`${label}: ${told}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="bars-labels" aria-hidden>
        {bars.map(({ label }) => (
          <span key={label}>{label}</span>
        ))}
      </div>
      <table className="unseen">
        <caption>{title}</caption>
        <tbody>
          {bars.map(({ label, told }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{told}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
