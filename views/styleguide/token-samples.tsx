/** @jsxRuntime automatic @jsxImportSource hono/jsx */
/** A colour scheme of the page. */
export type Scheme = "light" | "dark";

// Presentation attributes take custom properties: what is drawn is the token itself, and no style is inline.

/** Text in one colour on another, in a scheme. */
export function PairSample({ front, ground, scheme }: { front: string; ground: string; scheme: Scheme }) {
  return (
    <svg class={`token-pair scheme-${scheme}`} width="44" height="28" aria-hidden="true">
      <rect width="44" height="28" rx="6" fill={`var(--${ground})`} />
      <text x="22" y="19" text-anchor="middle" fill={`var(--${front})`}>
        Aa
      </text>
    </svg>
  );
}

/** A colour in a scheme. */
export function Swatch({ name, scheme }: { name: string; scheme: Scheme }) {
  return (
    <svg class={`token-swatch scheme-${scheme}`} width="44" height="28" aria-hidden="true">
      {/* Below a colour that lets some light through. */}
      <rect width="44" height="28" rx="6" fill="var(--paper)" />
      <rect
        x="0.5"
        y="0.5"
        width="43"
        height="27"
        rx="6"
        fill={`var(--${name})`}
        stroke="var(--line-strong)"
      />
    </svg>
  );
}

/** Words in a font or in a size. */
export function Words({
  name,
  attribute,
  words,
}: {
  name: string;
  attribute: "font-family" | "font-size";
  words: string;
}) {
  return (
    <svg class="token-words" width="100%" height="44" aria-hidden="true">
      <text y="32" fill="var(--ink)" {...{ [attribute]: `var(--${name})` }}>
        {words}
      </text>
    </svg>
  );
}

/** A length as a bar of that length. */
export function Length({ name }: { name: string }) {
  return (
    <svg width="64" height="28" overflow="visible" aria-hidden="true">
      <rect class="token-length" y="8" height="12" width={`var(--${name})`} fill="var(--ink)" />
    </svg>
  );
}

/** A corner radius. */
export function Corner({ name }: { name: string }) {
  return (
    <svg width="64" height="44" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="62"
        height="42"
        rx={`var(--${name})`}
        fill="none"
        stroke="var(--line-strong)"
      />
    </svg>
  );
}
