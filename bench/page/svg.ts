/** Colours that are told apart by those who see few of them, on white as on black. */
export const COLOURS = ['#2f7fd6', '#c8781e', '#3a9a5c', '#b8508f', '#8a6fd1', '#7d8590'] as const;

const STYLE = `text{font:12px system-ui,sans-serif;fill:#24292f}.faint{fill:#57606a}.line{stroke:#8c959f;stroke-opacity:.4}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.faint{fill:#9198a1}}`;

interface Text {
  x: number;
  y: number;
  anchor?: 'start' | 'middle' | 'end';
  faint?: boolean;
}

/** A picture without a ground of its own, so that it stands on light and dark pages. */
export function picture(
  title: string,
  size: [width: number, height: number],
  parts: string[],
): string {
  const [width, height] = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${at(height)}" width="${width}" height="${at(height)}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`;
}

export function label(said: string, { x, y, anchor = 'start', faint = false }: Text): string {
  const looks = faint ? ' class="faint"' : '';
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${looks}>${escaped(said)}</text>`;
}

export function bar(
  [x, y]: [number, number],
  [width, height]: [number, number],
  colour: string,
): string {
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="2" fill="${colour}"/>`;
}

export function rule(from: [number, number], to: [number, number], colour?: string): string {
  const looks = colour ? `stroke="${colour}" stroke-width="2"` : 'class="line"';
  return `<line x1="${at(from[0])}" y1="${at(from[1])}" x2="${at(to[0])}" y2="${at(to[1])}" ${looks}/>`;
}

export function dot([x, y]: [number, number], colour: string): string {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="4" fill="${colour}"/>`;
}

export function path(points: readonly [number, number][], colour: string): string {
  const through = points.map((point) => point.map(at).join(',')).join(' ');
  return `<polyline points="${through}" fill="none" stroke="${colour}" stroke-width="2"/>`;
}

/** Where on a line of that length a value stands, each power of ten as long as the others. */
export function logScale(values: readonly number[], [from, to]: [number, number]) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values)) - 1e-9), low + 1);
  const place = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  const powers = Array.from({ length: high - low + 1 }, (_, nth) => 10 ** (low + nth));
  return { place, powers };
}

function at(place: number): number {
  return Number(place.toFixed(1));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
