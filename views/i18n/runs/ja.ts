import type { runsEn } from "./en.ts";
import { paramsJa } from "./params-ja.ts";

/** `en.ts` in Japanese. */
export const runsJa: Record<keyof typeof runsEn, string> = {
  ...paramsJa,

  "failure.param.unreadNear":
    "パイプライン {pipeline} はこのパラメーターを使いません（入力値：{found}）。「{near}」ではありませんか？",
  "failure.param.unread":
    "パイプライン {pipeline} はこのパラメーターを使いません（入力値：{found}）。使うのは {near} です。",
  "failure.param.unreadPartNear":
    "パイプライン {pipeline} のこの部分は、このパラメーターを使いません（入力値：{found}）。「{near}」ではありませんか？",
  "failure.param.unreadPart":
    "パイプライン {pipeline} のこの部分は、このパラメーターを使いません（入力値：{found}）。使うのは {near} です。",
  "failure.lackingInstead":
    "パイプライン {pipeline} だけでは開始できません。必要な {names} を作るノードがなく、カタログにも保存されていません。代わりに {instead} を実行してください。",
  "failure.lacking":
    "パイプライン {pipeline} を開始できません。必要な {names} を作るノードがなく、カタログにも保存されていません。保存されるように catalog.yml に追加してください。",
  "failure.lackingPart":
    "パイプライン {pipeline} のこの部分だけでは開始できません。必要な {names} を作るノードがなく、カタログにも保存されていません。パイプライン全体か、もっと広い部分を実行してください。",

  "runs.parameters": "パラメーター",
  "runs.fieldsHint": "空欄の場合は設定値が使われます。",
  "runs.evidence": "品質ゲートの根拠",
  "runs.changed": "予測が変わった手書き",
  "runs.logOrder": "新しい順に表示しています。",
  "runs.data": "使った手書き",
  "runs.noFields": "このパイプラインが使うパラメーターはありません。",
  "runs.showFields": "パラメーターを表示",

  "failure.runTag": "タグは、コンマを含まない 1〜{max} 文字で指定してください（入力値：{found}）。",
  "failure.runTags":
    "1 件の実行に付けられるタグは {max} 個までです（{found} 個になります）。先にいくつか外してください。",
  "failure.runNote": "メモは {max} 文字以内で入力してください（現在 {found} 文字）。",
  "failure.compareCount": "比較には、異なる実行を 2〜{max} 件選んでください（選択：{found} 件）。",
  "failure.cannotRetry":
    "実行 {runId} はやり直せません。やり直せるのは、今もあるパイプラインの、失敗または中止した実行だけです（現在の状態：{status}）。",
  "failure.cannotResume":
    "実行 {runId} は再開できません。再開できるのは、開始した後に失敗または中止した実行だけです（現在の状態：{status}）。",

  "runs.search": "検索",
  "runs.searchHint": "ID、パイプライン、タグ、メモ、名前=値",
  "runs.anyStatus": "すべて",
  "runs.sort": "並び順",
  "runs.sort.newest": "新しい順",
  "runs.sort.oldest": "古い順",
  "runs.sort.duration": "時間の長い順",
  "runs.sort.holdout": "ホールドアウトの正解率が高い順",
  "runs.sort.mnist": "MNIST の正解率が高い順",
  "runs.find": "検索する",
  "runs.showAll": "すべて表示",
  "runs.tags": "タグ",
  "runs.noneFound": "該当する実行はありません。条件を減らすか、すべて表示してください。",
  "runs.firstPage": "最初のページ",
  "runs.nextPage": "次のページ",
  "runs.choose": "比較",
  "runs.chooseRun": "実行 {id} を比較に選ぶ",
  "runs.notes": "タグとメモ",
  "runs.note": "メモ",
  "runs.noteBy": "最終更新：{who}、{at}",
  "runs.saveNote": "メモを保存",
  "runs.addTag": "新しいタグ",
  "runs.add": "追加",
  "runs.removeTag": "タグ {tag} を外す",
  "runs.again": "もう一度実行",
  "runs.againHint":
    "「再開」は、終わっていないノードと、変更したパラメーターより後のノードだけを実行します。「最初から」は、すべてのノードを実行します。",
  "runs.retryHint": "同じパイプラインを新しく実行します。",
  "runs.resume": "再開",
  "runs.retry": "最初から",

  "compare.title": "実行の比較",
  "compare.lead": "最初の実行との違いに印を付けています。",
  "compare.chosen": "選んだ実行を比較（{max} 件まで）",
  "compare.runs": "実行",
  "compare.scores": "評価",
  "compare.scoresCaption": "データセットごとの正解率と画像の枚数（太字は最高値）",
  "compare.noScores": "モデルを評価した実行がありません。",
  "compare.set": "データセット",
  "compare.n": "n = {n}",
  "compare.parameter": "パラメーター",
  "compare.differing": "異なるパラメーター（最初の実行と違う値に印）",
  "compare.partial": "開始されなかったため、指定されたパラメーターのみを比較している実行：{names}",
  "compare.sameParameters": "パラメーターはすべて同じです。",
  "compare.same": "すべての実行で同じもの：{n} 個",
  "compare.confusion": "違いの大きい取り違え",
  "compare.confusionCaption": "{set}：正解と予測ごとの枚数（括弧内は最初の実行との差）",
  "compare.cell": "正解 → 予測",
  "compare.readAs": "{label} → {predicted}",
  "compare.noCurves": "これを記録した実行がありません。",
  "compare.chartAlt": "{n} 件の実行の{what}をエポックごとに重ねた図。数値は各実行のページにあります。",
  "compare.withMarks": "{name}（各エポックに印）",
};
