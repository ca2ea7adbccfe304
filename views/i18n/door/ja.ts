import type { doorEn } from "./en.ts";

/** Texts of the pages by which people come in, and of their own account, in Japanese. */
export const doorJa: Record<keyof typeof doorEn, string> = {
  "door.logIn.title": "ログイン",
  "door.ended":
    "ログインの有効期限が切れたか、ログアウトしました。招待リンクから参加していた場合は、招待が終了した可能性があります。もう一度リンクまたは QR コードを使うか、新しい招待をもらってください。",
  "door.name": "名前",
  "door.password": "パスワード",
  "door.newPassword": "新しいパスワード",
  "door.again": "新しいパスワード（確認）",
  "door.passwordHint": "{n} 文字以上。いくつかの言葉をつなげると覚えやすくなります。",
  "door.differ": "2 つのパスワードが一致しません。もう一度入力してください。",
  "door.showPassword": "パスワードを表示する",
  "door.showPasswords": "パスワードを表示する",
  "door.logIn": "ログイン",
  "door.logOut": "ログアウト",
  "door.forgotten": "パスワードをお忘れの場合は、再設定用のリンクをサーバーの管理者に依頼してください。",
  "door.plain":
    "この接続は暗号化されていないため、入力したパスワードを同じネットワークのほかの人に読み取られるおそれがあります。ほかで使っていないパスワードにしてください。",
  "door.noAdmin": "このサーバーにはまだ管理者がいません。",
  "door.noAdmin.how":
    "tegaki の初回起動時に表示されたリンクを開いてください。新しいリンクは、サーバーのコンピューターで次のコマンドを実行すると発行されます。",
  "door.here.machine":
    "tegaki が動作しているコンピューターから利用しています。アカウントは不要で、すべての操作ができます。",
  "door.here.account": "{name} としてログインしています。権限：{role}",
  "door.here.guest": "招待された {name} として参加しています。権限：{role}",
  "door.here.token": "トークン「{name}」によるリクエストです。権限：{role}",
  "door.here.visitor": "ログインしていません。ここでは誰でも手書きの入力とラベル付けができます。",
  "door.goOn": "続ける",
  "door.goOnAs": "{name} として続ける",

  "door.may.viewer": "作業の内容をすべて閲覧できます。変更はできません。",
  "door.may.labeller": "作業の内容の閲覧、手書きの入力、ラベル付けができます。",
  "door.may.operator":
    "手書きの入力とラベル付け、ほかの人が付けたラベルの変更と確認、取り込み、学習、使用するモデルの決定ができます。",
  "door.may.admin": "設定の変更、利用者の管理、サーバーの停止を含む、すべての操作ができます。",

  "door.welcome.admin": "管理者になる",
  "door.welcome.admin.lead":
    "ログインに使う名前とパスワードを決めてください。管理者はすべての操作ができ、ほかの人を招き入れることができます。同じ名前のアカウントがある場合は、そのアカウントがこのパスワードの管理者になります。",
  "door.welcome.account": "{name} さん、ようこそ",
  "door.welcome.account.lead": "ログインに使うパスワードを決めてください。権限：{role}",
  "door.welcome.do": "パスワードを設定してログイン",
  "door.works": "このリンクは 1 回だけ使えます。有効期限まであと {time}です。",
  "door.minutes": "{n} 分",
  "door.hours": "{n} 時間",
  "door.days": "{n} 日",

  "door.gone.title": "このリンクはもう使えません",
  "door.gone.text":
    "すでに使用されたか、取り消されたか、有効期限が切れています。リンクを送った人に、新しいリンクを依頼してください。",

  "door.join.invited": "手書きの入力とラベル付けに招待されています。",
  "door.join.invited.viewer": "閲覧に招待されています。",
  "door.join.called": "呼び名を入力してください",
  "door.join.stored": "描いたものは、この呼び名とともに保存されます。招待の有効期限まであと {time}です。",
  "door.join.lasts": "招待の有効期限まであと {time}です。",
  "door.join.do": "参加する",
  "door.join.other": "このブラウザーで別の人として参加する：",

  "account.title": "アカウント",
  "account.you": "現在の利用者",
  "account.password": "パスワードの変更",
  "account.password.lead": "変更すると、ほかのブラウザーではすべてログアウトされます。",
  "account.password.current": "現在のパスワード",
  "account.password.do": "パスワードを変更",
  "account.password.done": "パスワードを変更しました。ほかのブラウザーではすべてログアウトされました。",
  "account.sessions": "ログイン中のブラウザー",
  "account.sessions.browser": "ブラウザー",
  "account.sessions.address": "アドレス",
  "account.sessions.used": "最後の利用",
  "account.sessions.this": "このブラウザー",
  "account.sessions.end": "終了",
  "account.sessions.endOf": "終了：{browser}、{address}",
  "account.sessions.ended": "セッションを終了しました。そのブラウザーはログアウトされました。",
  "account.browser.on": "{browser}（{system}）",
  "account.browser.unknown": "不明なブラウザー",
  "account.unknown": "不明",
  "account.tokens": "プログラム用のトークン",
  "account.tokens.lead":
    "トークンを送るプログラムは、そのトークンの権限で操作できます。個別に無効にできるように、プログラムごとに作成してください。",
  "account.tokens.machine":
    "このコンピューターのプログラムには不要です。ほかのコンピューターからネットワーク経由で利用するプログラムには、トークンが必要です。",
  "account.tokens.name": "プログラムの名前",
  "account.tokens.role": "権限",
  "account.tokens.days": "有効期間",
  "account.tokens.days.n": "{n} 日間",
  "account.tokens.days.never": "無効にするまで",
  "account.tokens.do": "トークンを作成",
  "account.tokens.made": "トークン「{name}」を作成しました。表示されるのは今回だけです。コピーしてください。",
  "account.tokens.secret": "トークン",
  "account.tokens.example": "リクエストの例：",
  "account.tokens.none": "まだありません。",
  "account.tokens.used": "最後の利用",
  "account.tokens.never": "なし",
  "account.tokens.until": "有効期限",
  "account.tokens.revoke": "無効にする",
  "account.tokens.revokeOf": "無効にする：{name}",
  "account.tokens.revoked": "トークンを無効にしました。",
  "account.tokens.isRevoked": "無効",
  "account.tokens.isExpired": "期限切れ",

  "client.loggedOut":
    "未保存 {n} 件。ログインが切れています。失われてはいません。別のタブでログインするか、このページを再読み込みしてください。",
  "client.notAllowed": "未保存 {n} 件。このブラウザーに残してあります。{reason}",
  "client.othersOne":
    "{name} さんのラベルが 1 件、このブラウザーで送信を待っています。{name} さんが戻ると送信されます。",
  "client.others":
    "{name} さんのラベルが {n} 件、このブラウザーで送信を待っています。{name} さんが戻ると送信されます。",
  "client.othersNobody":
    "ログインせずに付けたラベルが {n} 件、このブラウザーで送信を待っています。誰もログインしていないときに送信されます。",
  "client.othersSeveral":
    "ほかの人のラベルが {n} 件、このブラウザーで送信を待っています。付けた人が戻ると送信されます。",
  "client.tooMany": "未保存 {n} 件。{reason}",
  "site.loggedOut": "ログインが切れています。",
  "site.notAllowed": "現在の権限では、この操作はできません。何も変更されていません。",
  "error.401.title": "ログインしていません",
  "error.401.text": "ログインしてから、もう一度操作してください。何も変更されていません。",

  "who.account": "アカウント",
  "who.people": "メンバー",
  "who.invitations": "招待",
  "who.needsRole": "「{role}」の権限が必要です",
};
