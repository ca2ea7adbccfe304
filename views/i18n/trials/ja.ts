import type { trialsEn } from "./en.ts";

/** The texts of trials, replays and notices in Japanese. */
export const trialsJa: Readonly<Record<keyof typeof trialsEn, string>> = {
  "trials.title": "試験運用",
  "trials.lead":
    "ラベル付けされた手書きで 2 つのモデルを比べます。試験中のモデルは画面に出さずに予測し、ラベルから分かったことに応じて自動で対応します。",
  "trials.link": "試験運用とリプレイ",
  "trials.none": "実施中の試験運用はありません。",
  "trials.challenge": "モデル {other} とモデル {champion} の比較",
  "trials.watch": "モデル {champion} の監視（比較対象はモデル {other}）",
  "trials.waitingTitle": "モデル {other} は試験運用を待っています",
  "trials.about.challenge":
    "モデル {other} の方が良いとラベルから分かれば昇格し、悪いと分かれば候補から外します。",
  "trials.about.watch":
    "モデル {champion} が稼働中です。以前のモデル {other} の方が良いとラベルから分かれば、自動でロールバックします。",
  "trials.running": "実施中",
  "trials.waiting": "待機中",
  "trials.progress": "ラベル {n} / {max} 件",
  "trials.counts": "ラベル付けされた手書きに対する両モデルの予測",
  "trials.otherCorrect": "モデル {other} が正解",
  "trials.otherWrong": "モデル {other} が不正解",
  "trials.championCorrect": "モデル {champion} が正解",
  "trials.championWrong": "モデル {champion} が不正解",
  "trials.model": "モデル {version}",
  "trials.evidence": "判断材料",
  "trials.evidenceChart": "ラベル数に対する判断材料の強さ（e 値、対数目盛）",
  "trials.evidenceAlt":
    "ラベル {n} 件での判断材料：モデル {other} の方が良い {better}、悪い {worse}。{needed} で判定します。",
  "trials.better": "モデル {other} の方が良い",
  "trials.worse": "モデル {other} の方が悪い",
  "trials.needed": "判定の基準：{needed}",
  "trials.labels": "ラベル",
  "trials.noLabels": "まだラベルはありません。",
  "trials.rate": "性能に差がないのに誤って判定する確率は、{needed} 回に 1 回以下です。",
  "trials.capped": "{n} 件は数えていません。1 人の書き手が占められる割合の上限に達しています。",
  "trials.unprompted":
    "認識結果を見ずに付けたラベル：モデル {other} だけが正解 {otherOnly} 件、モデル {champion} だけが正解 {championOnly} 件",
  "trials.classes": "クラス別",
  "trials.classesCaption": "片方のモデルだけが正解した手書き（クラス別）",
  "trials.column.class": "クラス",
  "trials.column.drawings": "手書き",
  "trials.column.only": "モデル {version} のみ",
  "trials.stop": "中止…",
  "trials.stopTitle": "試験運用を中止しますか？",
  "trials.stopText": "判定せずに終わります。チャンピオンは稼働を続けます。",
  "trials.stopNow": "試験運用の中止",
  "trials.start": "試験運用の開始",
  "trials.startNow": "開始",
  "trials.version": "バージョン",
  "trials.noVersions": "選べるバージョンはほかにありません。",
  "trials.past": "過去の試験運用",
  "trials.pastCaption": "過去の試験運用（新しい順）",
  "trials.noPast": "過去の試験運用はありません。",
  "trials.column.trial": "試験運用",
  "trials.column.result": "結果",
  "trials.column.labels": "ラベル",
  "trials.column.ended": "終了日時",
  "trials.column.by": "終了させたもの",
  "trials.older": "以前の試験運用",
  "trials.newest": "最新の試験運用",
  "trials.outcome.promoted": "モデル {other} を昇格",
  "trials.outcome.worse": "モデル {other} を候補から除外（悪化）",
  "trials.outcome.no_difference": "差なし：モデル {champion} を継続",
  "trials.outcome.rolled_back": "モデル {other} にロールバック",
  "trials.outcome.confirmed": "モデル {champion} を継続",
  "trials.outcome.advised": "判定済み（変更なし）",
  "trials.outcome.stopped": "中止",
  "trials.outcome.superseded": "新しいバージョンと交代",
  "trials.outcome.champion_changed": "チャンピオンの交代により終了",
  "trials.outcome.unusable": "モデルを使用できず終了",
  "trials.shadow": "画面に出さない予測（サーバーの起動以降）",
  "trials.shadow.scored": "予測した手書き",
  "trials.shadow.disagreed": "モデルの不一致",
  "trials.shadow.dropped": "混雑のため未予測",
  "trials.shadow.time": "1 件あたりの時間",
  "trials.ms": "{ms} ミリ秒",

  "replay.title": "リプレイ",
  "replay.form": "バージョンのリプレイ",
  "replay.lead":
    "新しい順にラベル付きの手書きを、選んだバージョンとチャンピオンで予測し直します。何も変更しません。",
  "replay.last": "手書きの件数",
  "replay.start": "リプレイ",
  "replay.running": "モデル {version} で {last} 件を予測しています…",
  "replay.failed": "モデル {version} のリプレイに失敗しました（{error}）。",
  "replay.caption": "モデル {version} とモデル {champion} の比較（最新 {n} 件）",
  "replay.row.all": "すべての手書き",
  "replay.row.unseen": "学習に使っていない手書き",
  "replay.column.set": "手書き",
  "replay.column.n": "件数",
  "replay.column.wins": "勝ち",
  "replay.column.losses": "負け",
  "replay.column.p": "p 値",
  "replay.lastInvalid": "1 から {max} までの整数を入力してください。",

  "notices.label": "お知らせ",
  "notices.more": "詳細",
  "notices.acknowledge": "確認して閉じる",

  "trial.rolledBack":
    "モデル {champion} からモデル {other} へ自動でロールバックしました。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。両者が同じ良さなら、こうなる試験運用は {odds} 回に 1 回未満です。",
  "trial.promotedUndecided":
    "ラベル {n} 件で差がなく、server.yml の設定に従って昇格しました。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。",
  "trial.advised": "{reason}昇格は手動の設定のため、何も変更していません。",
  "trial.worseChampion":
    "モデル {champion} は以前のモデル {other} より悪いと判定しました。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。両者が同じ良さなら、こうなる試験運用は {odds} 回に 1 回未満です。",
  "trial.better":
    "モデル {other} はモデル {champion} より良いと判定しました。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。両者が同じ良さなら、こうなる試験運用は {odds} 回に 1 回未満です。",
  "trial.worse":
    "モデル {other} はモデル {champion} より悪いと判定しました。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。両者が同じ良さなら、こうなる試験運用は {odds} 回に 1 回未満です。",
  "trial.confirmedBetter":
    "モデル {champion} は以前のモデル {other} より良いと判定しました。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。両者が同じ良さなら、こうなる試験運用は {odds} 回に 1 回未満です。",
  "trial.confirmed":
    "ラベル {n} 件で差はなく、モデル {champion} が悪いとは言えません。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。",
  "trial.noDifference":
    "ラベル {n} 件で差はなく、モデル {champion} がチャンピオンのままです。ラベル付きの手書き {n} 件のうち、モデル {other} だけが正解したのは {otherOnly} 件、モデル {champion} だけが正解したのは {championOnly} 件です。",

  "failure.trialOfChampion": "モデル {version} はチャンピオンです。別のバージョンを選んでください。",
  "failure.trialOfRejected":
    "モデル {version} は品質ゲートで不合格か、ファイルが使えないため、試験運用できません。別のバージョンを選んでください。",
  "failure.trialOfBarred":
    "モデル {version} は自動でロールバックされたため、試験運用では昇格できません。稼働させる場合は手動で昇格してください。",
  "failure.trialIsOpen": "モデル {version} が試験運用中です。先にその試験運用を中止してください。",
  "failure.noTrial": "試験運用 {id} は存在しません。",
  "failure.trialHasEnded": "試験運用 {id} はすでに終わっています。",
  "failure.replayIsRunning": "モデル {version} のリプレイを実行中です。結果をお待ちください。",
};
