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
  "runs.noFields": "このパイプラインが使うパラメーターはありません。",
  "runs.showFields": "パラメーターを表示",
};
