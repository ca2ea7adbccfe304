/** Texts of the Server page. */
export const serverEn = {
  "server.title": "Server",
  "server.lead": "tegaki runs on this computer. Other devices can use it only if you allow that.",
  "server.phone": "From a phone or another computer",
  "server.phone.scan":
    "Scan the code with a phone in the same network, or type the address. There are no accounts: anyone who can reach it can label, train and delete.",
  "server.phone.code": "QR code of {url}",
  "server.phone.closed":
    "Only this computer can reach tegaki now. To draw on a phone in the same network, quit and start it with this command, which lets everyone in the network label, train and delete:",
  "server.phone.proxy":
    "tegaki listens on this computer only and is open through a proxy, which knows the address for other devices.",
  "server.quit": "Quit",
  "server.quit.text":
    "Labels, models and runs stay on this computer, and are there when tegaki is started again.",
  "server.quit.running": "A run is under way. Quitting cancels it.",
  "server.quit.do": "Quit tegaki",
  "server.quit.remote":
    "It can be quit in the terminal or the service manager that started it: it is open to others, and there are no accounts.",
  "server.stopped.title": "tegaki has stopped",
  "server.stopped.text": "You can close this tab. Your labels are stored. Start tegaki again to continue.",
} as const;
