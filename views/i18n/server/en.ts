/** Texts of the Server page. */
export const serverEn = {
  "server.title": "Server",
  "server.lead": "tegaki runs on this computer. Other devices can use it only if you allow that.",
  "server.phone": "From a phone or another computer",
  "server.phone.scan":
    "Scan the code with a phone in the same network, or type the address. People log in there; a class comes by an invitation.",
  "server.phone.code": "QR code of {url}",
  "server.phone.closed":
    "Only this computer can reach tegaki now. To draw on a phone in the same network, quit and start it with this command. People log in there, and you can invite a class:",
  "server.phone.proxy":
    "tegaki listens on this computer only and is open through a proxy, which knows the address for other devices.",
  "server.backups": "Backups",
  "server.backups.never": 'None are scheduled. "tegaki backup FILE" makes one.',
  "server.backups.next": "The next one is due at {at}.",
  "server.backups.settings": "Change the times",
  "server.backups.failed": "The last attempt has failed, at {at}: {reason}. It is repeated every hour.",
  "server.backups.none": "There are none yet.",
  "server.backups.at": "Made",
  "server.backups.kind": "Why",
  "server.backups.kind.manual": "By hand",
  "server.backups.kind.daily": "Scheduled",
  "server.backups.kind.weekly": "First of the week",
  "server.backups.kind.before_migration": "Before an upgrade",
  "server.backups.size": "Size",
  "server.backups.until": "Kept until",
  "server.backups.byHand": "someone deletes it",
  "server.backups.file": "File",
  "notice.backupFailed": "The scheduled backup has failed: {reason}",
  "server.quit": "Quit",
  "server.quit.text":
    "Labels, models and runs stay on this computer, and are there when tegaki is started again.",
  "server.quit.running": "A run is under way. Quitting cancels it.",
  "server.quit.do": "Quit tegaki",
  "server.quit.remote":
    "An admin can quit it here; otherwise it is quit in the terminal or the service manager that started it.",
  "server.stopped.title": "tegaki has stopped",
  "server.stopped.text": "You can close this tab. Your labels are stored. Start tegaki again to continue.",
} as const;
