/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ROLES, type Role } from "../../../src/domain/access/role.ts";
import type { Text } from "../../i18n/text.ts";

/** A table of what each role may do. */
export function RolesTable({ text: { t } }: { text: Text }) {
  return (
    <section class="stack" aria-labelledby="roles">
      <h2 id="roles">{t("people.roles")}</h2>
      <div class="table-wrap" tabindex={0}>
        <table class="cards">
          <caption>{t("people.roles.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("people.role")}</th>
              <th scope="col">{t("people.roles.may")}</th>
            </tr>
          </thead>
          <tbody>
            {ROLES.map((role) => (
              <tr>
                <th scope="row">{t(`role.${role}`)}</th>
                <td>{t(`people.may.${role}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The roles to choose from, without the label. */
export function RoleSelect({ text: { t }, id, selected }: { text: Text; id: string; selected: Role }) {
  return (
    <select id={id} name="role">
      {ROLES.map((role) => (
        <option value={role} selected={role === selected}>
          {t(`role.${role}`)}
        </option>
      ))}
    </select>
  );
}
