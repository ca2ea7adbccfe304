/**
 * Passwords of 10 characters or more that are tried first, in lower case: the head of the lists of leaked passwords, and
 * what someone types here who does not want to think of one.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  ...["0123456789", "01234567890", "1234567890", "12345678910", "1234567891", "123456789a", "1234567890a"],
  ...["123456789q", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qazxsw23edc", "9876543210", "0987654321"],
  ...["1122334455", "11223344556", "1029384756", "147258369a", "q1w2e3r4t5", "q1w2e3r4t5y6", "qwertyuiop"],
  ...[
    "qwertyuiop1",
    "qwertyuiop123",
    "qwerty123456",
    "qwerty12345",
    "qwerty1234",
    "1234qwerasdf",
    "asdfghjkl1",
  ],
  ...["asdfghjkl;", "zaq12wsxcde3", "zxcvbnm123", "abcdefghij", "abcdefghijk", "abcd123456", "abc1234567"],
  ...[
    "password01",
    "password11",
    "password12",
    "password123",
    "password1234",
    "password12345",
    "passw0rd123",
  ],
  ...["password!!", "mypassword", "thepassword", "changeme123", "changemenow", "administrator", "adminadmin"],
  ...[
    "admin12345",
    "admin123456",
    "administrator1",
    "letmein123",
    "welcome123",
    "welcome1234",
    "iloveyou123",
  ],
  ...["iloveyou12", "michael123", "jordan2323", "sunshine123", "princess123", "football123", "baseball123"],
  ...["superman123", "dragon12345", "monkey12345", "master12345", "secret1234", "secret12345", "test123456"],
  ...[
    "testtest123",
    "testtesttest",
    "guest12345",
    "tegakitegaki",
    "tegaki1234",
    "tegaki12345",
    "tegaki123456",
  ],
]);

/** Words that are no password with figures and signs behind them. */
export const COMMON_WORDS: ReadonlySet<string> = new Set([
  ...[
    "password",
    "passwort",
    "passwd",
    "passw0rd",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfgh",
    "letmein",
    "welcome",
  ],
  ...["willkommen", "changeme", "admin", "administrator", "login", "iloveyou", "secret", "tegaki", "teacher"],
  ...["school", "summer", "winter", "spring", "autumn", "dragon", "monkey", "football", "test", "guest"],
]);
