/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { encode } from "uqr";

/** Light modules around the code, which scanners need (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/** A QR code: dark on white in either scheme, because many scanners do not read inverted codes. */
export function QrCode({ content, label }: { content: string; label: string }) {
  const { data, size } = encode(content, { ecc: "M", border: QUIET_MODULES });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
