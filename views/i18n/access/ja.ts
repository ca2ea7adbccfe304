import type { accessEn } from "./en.ts";

/** Who may do what, and why someone is refused, in Japanese. */
export const accessJa: Record<keyof typeof accessEn, string> = {
  "role.viewer": "閲覧者",
  "role.labeller": "ラベル担当者",
  "role.operator": "運用担当者",
  "role.admin": "管理者",
  "failure.role.viewer": "閲覧者",
  "failure.role.labeller": "ラベル担当者",
  "failure.role.operator": "運用担当者",
  "failure.role.admin": "管理者",
  "failure.access.logInFirst":
    "先にログインしてください。プログラムは専用のトークンを Authorization ヘッダーの Bearer で送ってください。",
  "failure.access.tokenRefused":
    "トークンを使えません。間違っているか、無効にされたか、期限が切れています。「アカウント」のページで作り直してください。",
  "failure.access.needsRole":
    "この操作には「{needed}」の権限が必要ですが、現在の権限は「{role}」です。サーバーの管理者に相談するか、別のアカウントでログインしてください。",
  "failure.access.notYours":
    "この手書きはほかの人が保存したものです。変更には「{needed}」の権限が必要ですが、現在の権限は「{role}」です。",
  "failure.access.tooManyAttempts": "間違いが続いたため、{seconds} 秒後にもう一度お試しください",
  "failure.access.tooManyDrawings":
    "ここから新しく保存できる手書きは 1 分間に {limit} 件までです。{seconds} 秒後にもう一度お試しください。まとめて追加するには、ファイルで取り込んでください。",
  "failure.access.busy": "ログインが集中しています。しばらくしてからもう一度お試しください。",
  "failure.access.wrongPassword": "名前またはパスワードが違います",
  "failure.access.wrongCurrent": "現在のパスワードが違います",
  "failure.access.disabled": "このアカウントは停止されています。サーバーの管理者に相談してください。",
  "failure.access.noPassword": "変更できるパスワードがあるのは、パスワードでログインした人だけです",
  "failure.access.noTokens": "トークンを作成できるのは、パスワードでログインした人だけです",
  "failure.access.linkGone": "このリンクはもう使えません。新しいリンクをもらってください。",
  "failure.access.aboveOwn": "「{role}」の権限は与えられません。ここで与えられるのは「{own}」までです。",
  "failure.access.nameTaken": "「{name}」という名前はほかの人が使っています。別の名前にしてください。",
  "failure.access.tokenTaken":
    "「{name}」というトークンがすでにあります。別の名前にするか、そのトークンを無効にしてください。",
  "failure.access.yourself": "自分自身のアカウントです。変更はほかの管理者に依頼してください。",
  "failure.access.lastAdmin": "ログインできる最後の管理者です。先にほかの人を管理者にしてください。",
  "failure.access.name.empty": "名前を入力してください",
  "failure.access.name.long": "名前が長すぎます。60 文字までです。",
  "failure.access.name.characters": "名前に目に見えない文字が含まれています。入力し直してください。",
  "failure.access.password.short":
    "パスワードが短すぎます。10 文字以上にしてください。いくつかの言葉をつなげると覚えやすくなります。",
  "failure.access.password.long": "パスワードが長すぎます。512 バイトまでです。",
  "failure.access.password.common":
    "このパスワードは最初に試されるものの 1 つです。別のパスワードにしてください。",
  "failure.access.password.name":
    "パスワードにアカウントの名前が含まれています。別のパスワードにしてください。",
  "failure.access.gone.account": "このアカウントはもうありません。",
  "failure.access.gone.session": "このセッションはもうありません。",
  "failure.access.gone.token": "このトークンはもうありません。",
  "failure.access.gone.invitation": "この招待はもうありません。",
};
