/** Who may do what, and why someone is refused, in English. */
export const accessEn = {
  "role.viewer": "viewer",
  "role.labeller": "labeller",
  "role.operator": "operator",
  "role.admin": "admin",
  "failure.role.viewer": "viewer",
  "failure.role.labeller": "labeller",
  "failure.role.operator": "operator",
  "failure.role.admin": "admin",
  "failure.access.logInFirst": "Log in first. Programs send a token of their own: Authorization: Bearer …",
  "failure.access.tokenRefused":
    "The token does not work: it is wrong, was revoked or has expired. Make another one on the page Account",
  "failure.access.needsRole":
    "This needs the role {needed}, and you have the role {role}. Ask an admin of this server, or log in with another account",
  "failure.access.notYours":
    "This drawing was stored by someone else. Changing it needs the role {needed}, and you have the role {role}",
  "failure.access.tooManyAttempts": "Too many wrong attempts. Try again in {seconds} s",
  "failure.access.tooManyDrawings":
    "At most {limit} new drawings a minute are stored from here. Try again in {seconds} s; to bring many at once, import them as a file",
  "failure.access.busy": "Too many people are logging in. Try again in a moment",
  "failure.access.wrongPassword": "The name or the password is wrong",
  "failure.access.wrongCurrent": "The current password is wrong",
  "failure.access.disabled": "This account is disabled. Ask an admin of this server",
  "failure.access.noPassword": "Only someone who has logged in with a password has one to change",
  "failure.access.noTokens": "Only someone who has logged in with a password makes tokens",
  "failure.access.linkGone": "This link does not work any more. Ask for a new one",
  "failure.access.aboveOwn": "Role {role} is above {own}, the most that can be given here",
  "failure.access.nameTaken": 'Someone else is called "{name}" here. Choose another name',
  "failure.access.tokenTaken": 'There is a token "{name}" already. Choose another name, or revoke that one',
  "failure.access.lastAdmin": "This is the last admin who can log in. Make someone else an admin first",
  "failure.access.name.empty": "A name is needed",
  "failure.access.name.long": "The name is too long: at most 60 characters",
  "failure.access.name.characters": "The name has characters that cannot be seen. Type it again",
  "failure.access.password.short":
    "The password is too short: at least 10 characters. Several words are easy to remember",
  "failure.access.password.long": "The password is too long: at most 512 bytes",
  "failure.access.password.common": "This password is among those that are tried first. Choose another one",
  "failure.access.password.name": "The password contains the name of the account. Choose another one",
  "failure.access.gone.account": "There is no such account any more.",
  "failure.access.gone.session": "There is no such session any more.",
  "failure.access.gone.token": "There is no such token any more.",
  "failure.access.gone.invitation": "There is no such invitation any more.",
} as const;
