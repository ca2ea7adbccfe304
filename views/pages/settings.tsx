/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { fieldOf, SETTING_GROUPS, type SettingGroup } from "../../src/domain/settings/fields.ts";
import type { SettingsChange, SettingsState } from "../../src/domain/settings/settings.ts";
import { Notice, type NoticeProps } from "../fragments/notice.tsx";
import { ReaderSettings } from "../fragments/settings/reader-settings.tsx";
import { SettingInput } from "../fragments/settings/setting-input.tsx";
import { SettingsDiff } from "../fragments/settings/settings-diff.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Settings page. */
export interface SettingsPageProps extends PageProps {
  state: SettingsState;
  /** False on a server that is open to others. */
  canChange: boolean;
  notice: NoticeProps | null;
  /** A change that was checked and can be saved. */
  change: SettingsChange | null;
  /** The entries of the form that are not stored, by the names of its fields. */
  entered: Partial<Record<string, string>>;
  /** Number of drawings that `change` deletes at once; null when it deletes none of any kind. */
  deleted: number | null;
  /** Why settings were refused, by key. */
  problems: ReadonlyMap<string, string>;
}

/** The settings of the project by group, a comparison of the file before it is saved, and what is the reader's alone. */
export function SettingsPage(props: SettingsPageProps) {
  const { text, state, canChange, notice, change } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("settings.title")}>
      <div class="page-head">
        <div>
          <h1>{t("settings.title")}</h1>
          <p>
            {canChange
              ? t("settings.lead", { file: state.file })
              : t("settings.readOnly", { file: state.file })}
          </p>
        </div>
      </div>
      <div id="notice" role="status">
        <Notice notice={notice} />
      </div>
      <div class="stack">
        {change === null ? null : (
          <SettingsDiff text={text} change={change} entered={props.entered} deleted={props.deleted} />
        )}
        <ReaderSettings text={text} theme={props.theme ?? "system"} path={props.path} />
        <form class="stack" method="post" action="/settings/preview" autocomplete="off">
          <input type="hidden" name="hash" value={state.hash} />
          {/* Enter in a field presses the form's first button, which must not be one that resets a setting. */}
          <button type="submit" hidden />
          {SETTING_GROUPS.map((group) => (
            <Group {...props} group={group} />
          ))}
          {canChange ? (
            <div class="settings-bar">
              <button class="button button-main" type="submit">
                {t("settings.preview")}
              </button>
            </div>
          ) : null}
        </form>
      </div>
    </Page>
  );
}

function Group(props: SettingsPageProps & { group: SettingGroup }) {
  const { text, state, group, canChange, entered, problems } = props;
  const { t } = text;
  const own = state.settings.filter(({ key }) => fieldOf(key).group === group);
  const { effect } = fieldOf(own[0]!.key);
  return (
    <section class="sheet settings-group" aria-labelledby={`settings-${group}`}>
      <h2 id={`settings-${group}`}>{t(`settings.group.${group}`)}</h2>
      <p class="small soft">{t(`settings.groupText.${effect}`)}</p>
      <div class="settings-fields">
        {own.map((setting) => (
          <SettingInput
            text={text}
            setting={setting}
            entered={
              entered[`reset.${setting.key}`] === undefined ? entered[`set.${setting.key}`] : undefined
            }
            problem={problems.get(setting.key) ?? null}
            canChange={canChange}
          />
        ))}
      </div>
    </section>
  );
}
