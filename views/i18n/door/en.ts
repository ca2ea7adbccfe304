/** Texts of the pages by which people come in, and of their own account, in English. */
export const doorEn = {
  "door.logIn.title": "Log in",
  "door.ended":
    "You are no longer logged in here. If you came by an invitation, it may have ended: use its code or link again, or ask for a new one.",
  "door.name": "Name",
  "door.password": "Password",
  "door.newPassword": "New password",
  "door.again": "The new password again",
  "door.passwordHint": "At least {n} characters. Several words are easy to remember.",
  "door.differ": "The two passwords are not the same. Type both again.",
  "door.showPassword": "Show the password",
  "door.showPasswords": "Show the passwords",
  "door.logIn": "Log in",
  "door.logOut": "Log out",
  "door.forgotten":
    "Forgotten the password? An admin of this server can send you a link to choose another one.",
  "door.plain":
    "This connection is not encrypted: others on the network can read the password that you type. Use one that you use nowhere else.",
  "door.noAdmin": "There is no admin on this server yet.",
  "door.noAdmin.how":
    "Open the link that tegaki printed when it was first started, or run this on the machine itself for a new one:",
  "door.here.machine":
    "You are on the computer on which tegaki runs: it needs no account, and you may do everything.",
  "door.here.account": "You are logged in as {name}. Your role: {role}.",
  "door.here.guest": "You are here as {name}, by an invitation. Your role: {role}.",
  "door.here.token": "This request has the token {name}. Its role: {role}.",
  "door.here.visitor": "You have not logged in. Anyone may draw and label here.",
  "door.goOn": "Continue",
  "door.goOnAs": "Continue as {name}",

  "door.may.viewer": "You may look at everything that concerns the work, and change nothing.",
  "door.may.labeller": "You may look at everything that concerns the work, draw and label.",
  "door.may.operator":
    "You may draw and label, change and review what others have labelled, import, train, and decide which model answers.",
  "door.may.admin": "You may do everything, also change settings, let people in and stop the server.",

  "door.welcome.admin": "Become an admin",
  "door.welcome.admin.lead":
    "Choose the name and the password with which you will log in. An admin may do everything here, and lets others in. If there is an account of that name, it becomes an admin with this password.",
  "door.welcome.account": "Welcome, {name}",
  "door.welcome.account.lead": "Choose the password with which you will log in. Your role: {role}.",
  "door.welcome.do": "Set the password and log in",
  "door.works": "The link works once, for another {time}.",
  "door.minutes": "{n} min",
  "door.hours": "{n} h",
  "door.days": "{n} days",

  "door.gone.title": "This link does not work any more",
  "door.gone.text":
    "It has been used or withdrawn, or its time is over. Ask the person who gave it to you for a new one.",

  "door.join.invited": "You are invited to draw and label.",
  "door.join.invited.viewer": "You are invited to have a look.",
  "door.join.called": "What are you called?",
  "door.join.stored":
    "What you draw is stored together with this name. The invitation lasts for another {time}.",
  "door.join.lasts": "The invitation lasts for another {time}.",
  "door.join.do": "Join",
  "door.join.other": "Or be someone else in this browser:",

  "account.title": "Account",
  "account.you": "You",
  "account.password": "Change the password",
  "account.password.lead": "All other browsers in which you are logged in are logged out.",
  "account.password.current": "Current password",
  "account.password.do": "Change the password",
  "account.password.done": "The password is changed. All other browsers are logged out.",
  "account.sessions": "Where you are logged in",
  "account.sessions.browser": "Browser",
  "account.sessions.address": "Address",
  "account.sessions.used": "Last used",
  "account.sessions.this": "this browser",
  "account.sessions.end": "End",
  "account.sessions.endOf": "End: {browser}, {address}",
  "account.sessions.ended": "The session has ended. That browser is logged out.",
  "account.browser.on": "{browser} on {system}",
  "account.browser.unknown": "Unknown browser",
  "account.unknown": "unknown",
  "account.tokens": "Tokens for programs",
  "account.tokens.lead":
    "A program that sends a token may do what the token's role allows. Give each program one of its own, so that you can revoke it alone.",
  "account.tokens.machine":
    "Programs on this computer need none. One on another computer, which reaches this server over the network, needs a token.",
  "account.tokens.name": "Name of the program",
  "account.tokens.role": "Role",
  "account.tokens.days": "Works for",
  "account.tokens.days.n": "{n} days",
  "account.tokens.days.never": "until it is revoked",
  "account.tokens.do": "Make a token",
  "account.tokens.made": "The token “{name}” is made. It is shown only now: copy it.",
  "account.tokens.secret": "Token",
  "account.tokens.example": "A request with it:",
  "account.tokens.none": "There are none yet.",
  "account.tokens.used": "Last used",
  "account.tokens.never": "never",
  "account.tokens.until": "Works until",
  "account.tokens.revoke": "Revoke",
  "account.tokens.revokeOf": "Revoke: {name}",
  "account.tokens.revoked": "The token does not work any more.",
  "account.tokens.isRevoked": "revoked",
  "account.tokens.isExpired": "expired",

  "client.loggedOut":
    "{n} not stored yet, because you are no longer logged in. Nothing is lost: log in on another tab, or load this page again.",
  "client.notAllowed": "{n} not stored yet, and kept in this browser. {reason}",
  "client.othersOne": "A label of {name} waits in this browser. It is sent when {name} is here again.",
  "client.others": "{n} labels of {name} wait in this browser. They are sent when {name} is here again.",
  "client.othersNobody":
    "Labels that were made here without logging in, and still wait: {n}. They are sent when nobody is logged in.",
  "client.othersSeveral":
    "{n} labels of other people wait in this browser. They are sent when those who made them are here again.",
  "client.tooMany": "{n} not stored yet. {reason}",
  "site.loggedOut": "You are no longer logged in.",
  "site.notAllowed": "Your role does not allow this. Nothing was changed.",
  "error.401.title": "Not logged in",
  "error.401.text": "Log in first, or again. Nothing was changed.",

  "who.account": "Account",
  "who.people": "People",
  "who.invitations": "Invitations",
  "who.needsRole": "Needs the role {role}",
} as const;
