/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Theme } from "../../src/domain/theme.ts";
import type { Text } from "../i18n/text.ts";

/** Returns the URL of an asset. @param assetsId identifies the release's assets; without it, browsers ask each time. */
export function assetUrl(assetsId: string | undefined, name: string): string {
  return assetsId === undefined ? `/assets/${name}` : `/assets/${assetsId}/${name}`;
}

/**
 * The head of a page: its title, icon and style.
 * @param title of the page alone; the site's name is added.
 * @param children what only this kind of page needs, such as its scripts.
 */
export function Head({
  text: { t },
  theme,
  title,
  assetsId,
  children,
}: {
  text: Text;
  theme: Theme;
  title: string;
  assetsId: string | undefined;
  children?: Child;
}) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <title>{`${title} – ${t("site.name")}`}</title>
      <meta name="description" content={t("site.tagline")} />
      <ThemeColor theme={theme} />
      <link rel="icon" href={assetUrl(assetsId, "icon.svg")} type="image/svg+xml" />
      <link rel="stylesheet" href={assetUrl(assetsId, "style.css")} />
      {children}
    </head>
  );
}

const COLORS = { light: "#f5f5f2", dark: "#131518" } as const;

/** The colour of the browser's own bars. */
function ThemeColor({ theme }: { theme: Theme }) {
  if (theme !== "system") return <meta name="theme-color" content={COLORS[theme]} />;
  return (
    <>
      <meta name="theme-color" content={COLORS.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={COLORS.dark} media="(prefers-color-scheme: dark)" />
    </>
  );
}
