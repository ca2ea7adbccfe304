/** The roles, from the least to the most: each role may also do what those before it may. docs/security.md has the table. */
export const ROLES = ["viewer", "labeller", "operator", "admin"] as const;

/**
 * `viewer`: look at everything that concerns the work. `labeller`: also draw, predict and label. `operator`: also import,
 * change and review what others have labelled, train, and decide which model answers. `admin`: also people, settings,
 * forgetting, and the server itself.
 */
export type Role = (typeof ROLES)[number];

/** Whether `role` may do what needs `needed`. */
export function isAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** The lesser of two roles. */
export function lesserRole(a: Role, b: Role): Role {
  return isAtLeast(a, b) ? b : a;
}

/** Whether a value is the name of a role. */
export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}
