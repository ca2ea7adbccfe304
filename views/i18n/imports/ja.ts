import type { importsEn } from "./en.ts";

/** Why a file of drawings, or a row of it, cannot be imported, in Japanese. */
export const importsJa: Record<keyof typeof importsEn, string> = {
  "failure.import.unreadable": "{file} を読み込めません：{reason}",
  "failure.import.unreadableRow": "{file} の{place}を読み込めません：{reason}",
  "failure.import.row": "{file} の{place}：{reason}",
  "failure.import.ofFile": "{file} について：{reason}",
  // These follow 「の」, and begin with a digit or a Latin letter.
  "failure.import.line": " {n} 行目",
  "failure.import.name": " {name}",
  "failure.import.column": " {n} 行目 {column} 列目",
  "failure.import.image": "画像 {n} の内容",
  "failure.import.label": "ラベル {n} の値",
  "failure.import.task": "タスク {n} の内容",
  "failure.import.tooLong": "{bytes} バイトあります。読み込めるのは {max} バイトまでです。",
  "failure.import.notText": "UTF-8 のテキストではありません",
  "failure.import.longLine": "{max} 文字を超える行があります",
  "failure.import.missing": "存在しないか、ファイルではありません",
  "failure.import.gzipLong": "展開すると {max} バイトを超えます",
  "failure.import.gzipCut": "gzip のデータが途中で切れています",
  "failure.import.gzipDamaged": "gzip のデータが壊れています（{reason}）",
  "failure.import.kindLabels": "ラベルのファイルです。画像のファイルを選んでください。",
  "failure.import.kindNpz": ".npz ファイルです。images と labels の組を pickle.dump で保存してください。",
  "failure.import.kindPng":
    "PNG 画像です。読み込めるのは、NDJSON の手書き、images と labels の組の pickle、IDX の画像とラベル、各行にラベルと 784 画素がある CSV、ラベルごとのフォルダーに PNG 画像を入れた zip、Label Studio の JSON です（いずれも gzip 可）。",
  "failure.import.kindNotText": "UTF-8 のテキストではありません。表や NDJSON なら UTF-8 で保存してください。",
  "failure.import.kindEmpty": "中身が空です",
  "failure.import.kindUnknown":
    "形式を判別できません。読み込めるのは、NDJSON の手書き、images と labels の組の pickle、IDX の画像とラベル、各行にラベルと 784 画素がある CSV、ラベルごとのフォルダーに PNG 画像を入れた zip、Label Studio の JSON です（いずれも gzip 可）。",
  "failure.import.csvNoLabels": "画素の列は {width} ありますが、ラベルがありません",
  "failure.import.csvNoLabel":
    "各行にラベルと {pixels} 画素（28 × 28）が必要ですが、{width} 列あり、「label」という列がありません",
  "failure.import.csvWidth": "各行にラベルと {pixels} 画素（28 × 28）が必要ですが、{width} 列あります",
  "failure.import.csvFields": "{width} 列が必要ですが、{found} 列あります",
  "failure.import.csvPixel": "画素値が必要ですが、{found} があります",
  "failure.import.notJson": "JSON として読めません（{reason}）",
  "failure.import.notObject": "label、w、h、strokes を持つオブジェクトが必要です",
  "failure.import.negativeLabel": "state が「negative」なので、label は null にしてください",
  "failure.import.noLabel": "label がありません。クラスの名前が必要です。",
  "failure.import.labelForm": "label にはクラスの名前が必要ですが、{found} があります",
  "failure.import.wholePixels": "pixels には 0～255 の整数が必要ですが、{found} があります",
  "failure.import.notPixels": "pixels には {n} 個の数値（28 × 28）が必要ですが、型が {type} です",
  "failure.import.pixelCount": "pixels には {n} 個の数値（28 × 28）が必要ですが、{found} 個あります",
  "failure.import.countFrom":
    "ラベルに 0 がなく、最小は {lowest} です。ラベルが 1 から始まるなら「1 から数えた番号」を、最初のクラス（{first}）の画像がないだけなら「0 から数えた番号」を選んでください（コマンドでは --label-offset 1 または 0）。",
  "failure.import.fromOne":
    "クラス {names} のいずれかが必要ですが、{found} があります。ラベルが 1 から始まるなら「1 から数えた番号」を選んでください（コマンドでは --label-offset 1）。",
  "failure.import.notClass":
    "クラス {names} のいずれかが必要ですが、{found} があります。ラベルを直すか、parameters.yml にクラスを追加してください。",
  "failure.import.notClassFolder":
    "クラス {names} のいずれかが必要ですが、{found} があります。ラベルを直すか、parameters.yml にクラスを追加してください。ラベルのない画像は、_unlabelled フォルダーか、zip の最上位に入れてください。",
  "failure.import.notClassLess":
    "クラス {names} のいずれかが必要ですが、{found} からオフセット {offset} を引いた値は含まれません。ラベルを直すか、parameters.yml にクラスを追加してください。",
  "failure.import.notTasks":
    "Label Studio のタスク（data と annotations を持つ配列）が必要ですが、別の JSON です。手書きは 1 行に 1 つの JSON オブジェクト（NDJSON）にしてください。",
  "failure.import.taskForm": "{path} の形が違います（{reason}）",
  "failure.import.taskImage": "data には PNG のデータ URL の画像が必要ですが、{found} があります",
  "failure.import.noChoice": "annotations に選択肢が 1 つ必要ですが、ありません",
  "failure.import.choices": "annotations に選択肢が 1 つ必要ですが、{found} 個あります",
  "failure.import.field": "{path}：{reason}（値は {found}）",
  "failure.import.fieldString": "文字列が必要です",
  "failure.import.fieldUnicode": "サロゲートペアの片方だけがあり、Unicode の文字列ではありません",
  "failure.import.fieldTime": "ISO 8601 の日時（UTC、ミリ秒まで）が必要です",
  "failure.import.fieldSplit": "「train」か「holdout」が必要です。削除すると自動で決まります。",
  "failure.import.fieldState": "labelled、negative、rejected のいずれかが必要です",
  "failure.import.fieldId":
    "「019b0000-0000-7000-8000-000000000001」の形の ID が必要です。削除すると自動で付きます。",
  "failure.import.ranges":
    "画素値の最大が {max} ですが、前の画像は 0～1 です。ファイル全体で同じ範囲にしてください。",
  "failure.import.pale":
    "画素値が 0～{max} です。0～255、または 0～1 が必要なので、0～255 に拡大してください。",
  "failure.import.pixelNumber": "画素値に {found} があります。0～255 にしてください。",
  "failure.import.bright": "画素値が {min}～{max} です。0～255 になるよう、{by} で割ってください。",
  "failure.import.standardisedUnit":
    "画素値が {min}～{max} で、標準化されています。0～255、または 0～1 にしてください。各値に 1 を足し、127.5 を掛けて保存してください。",
  "failure.import.standardised":
    "画素値が {min}～{max} で、標準化されています。0～255、または 0～1 にしてください。標準偏差を掛けて平均を足し、標準化の前の画像を保存してください。",
  "failure.import.noLabelsFile":
    "{images} のラベルのファイルが見つかりません。ラベルのファイルも一緒に選んでください（コマンドでは --labels）。",
  "failure.import.noLabelsAt":
    "{images} のラベルのファイルが見つかりません（{expected} がありません）。ラベルのファイルも一緒に選んでください（コマンドでは --labels）。",
  "failure.import.imageSize": "画像が {found} です。MNIST と同じ {expected} が必要です。",
  "failure.import.scanSide": "一辺は {max} px までですが、{found} px あります",
  "failure.import.badPng": "正しい PNG ではありません（{reason}）",
  "failure.import.png16": "1 チャンネルが 16 ビットです。8 ビットで保存してください。",
  "failure.import.notPng": "PNG ではありません",
  "failure.import.pngSize": "{found} px あります。1～{max} 画素にしてください。",
  "failure.import.zipEmpty": "zip にファイルがありません",
  "failure.import.zipDamaged": "zip が壊れています（{reason}）",
  "failure.import.zipNoFolder": "ラベルの名前のフォルダーに入れる必要がありますが、フォルダーがありません",
  "failure.import.zipLeaving":
    "名前がアーカイブの外を指しているため、名前を変えるか、zip を作り直してください",
  "failure.import.zipNotPng": "PNG 画像ではありません",
  "failure.import.zipEncrypted": "暗号化されていて読めません",
  "failure.import.zipLong": "{max} バイトまでですが、{found} バイトあります",
  "failure.import.badPickle": "読み込める形の pickle ではありません（{at} バイト目：{reason}）",
  "failure.import.pickleForm":
    "必要なのは images と labels の組、または mnist.pkl のような 2～3 組（train、validation、test）です。",
  "failure.import.pickleNoLabels":
    "画像にラベルがありません。必要なのは images と labels の組、または mnist.pkl のような 2～3 組（train、validation、test）です。",
  "failure.import.pickleNoArray":
    "画像が numpy の配列ではありません。必要なのは images と labels の組、または mnist.pkl のような 2～3 組（train、validation、test）です。",
  "failure.import.pickleCounts": "画像が {n} 件なのに、ラベルが {labels} 件あります",
  "failure.import.pickleShape":
    "画像の形が {found} です。N × 行 × 列、N × 行 × 列 × 1、N × 画素のいずれかにしてください。",
  "failure.import.pickleLabelShape":
    "ラベルの形が {found} です。ラベルは、N 個の数値か名前の配列またはリスト、N × 1 の列、N × クラス数の one-hot のいずれかにしてください。",
  "failure.import.pickleLabelForm":
    "ラベルの形が違います。ラベルは、N 個の数値か名前の配列またはリスト、N × 1 の列、N × クラス数の one-hot のいずれかにしてください。",
  "failure.import.pickleLabel":
    "ラベル {at} が {found} で、整数ではありません。ラベルは、N 個の数値か名前の配列またはリスト、N × 1 の列、N × クラス数の one-hot のいずれかにしてください。",
  "failure.import.pickleOneHot":
    "ラベル {at} は {n} 個の値のうち 1 が {ones} 個で、one-hot ではありません。ラベルは、N 個の数値か名前の配列またはリスト、N × 1 の列、N × クラス数の one-hot のいずれかにしてください。",
  "failure.import.idxSide": "{name} の画像が {found} px です。各辺を 1～{max} px にしてください。",
  "failure.import.idxCounts": "{images} の画像は {n} 件ですが、{labels} のラベルは {found} 件です",
  "failure.import.notIdxImages":
    "{name} は IDX の画像ファイルではありません（先頭は {expected} のはずですが、{found} です）",
  "failure.import.notIdxLabels":
    "{name} は IDX のラベルファイルではありません（先頭は {expected} のはずですが、{found} です）",
  "failure.import.idxHeader":
    "{name} がヘッダーの途中で終わっています（{expected} バイト必要ですが、{found} バイトです）",
  "failure.import.idxLength":
    "{name} は {found} バイトですが、ヘッダー（{sizes}）によれば {expected} バイト必要です",
  "failure.drawing.form": "strokes、width、height を持つ手書きが必要ですが、{found} があります",
  "failure.drawing.strokes": "strokes には配列が必要ですが、{found} があります",
  "failure.drawing.stroke": "strokes[{at}] には点の配列が必要ですが、{found} があります",
  "failure.drawing.point":
    "strokes[{at}][{point}] には点（x、y、省略できる tMs と pressure）が必要ですが、{found} があります",
  "failure.drawing.strokeCount": "strokes は {max} 画までですが、{found} 画あります",
  "failure.drawing.pointCount": "strokes の点は合計 {max} 個までですが、{found} 個あります",
  "failure.drawing.range": "{at} には {min}～{max} の数値が必要ですが、{found} があります",
  "failure.drawing.nothing": "「値なし」",
  "failure.drawing.array": "{n} 個の配列",
  "failure.drawing.object": "オブジェクト",
  "failure.upload.noFile": "アップロードにファイルがありません",
  "failure.upload.none":
    "このアップロードはもうありません。インポート済みか、削除されたか、サーバーが再起動しました。もう一度ファイルを選んでください。",
  "failure.upload.serverFailed": "サーバーでエラーが起きました。サーバーのログを確認してください。",
  "failure.upload.running": "{file} はインポート中です。終わってから取り消してください。",
  "failure.upload.tooMany":
    "{n} 個のファイルを受信中またはインポート中です。どれかが終わってからやり直してください。",
  "failure.upload.tooManyFiles": "ファイルは {n} 個までです（IDX の画像とラベル）",
  "failure.upload.imported": "{file} はすでにインポート中か、インポート済みです",
  "failure.upload.name": "ファイルの名前が必要ですが、{found} があります",
  "failure.upload.empty": "{file} は空です",
  "failure.upload.conflicts":
    "{file} からは何もインポートしていません。{n} 行が保存済みの内容、または前の行と異なります。保存済みの内容を残すか、置き換えるかを選んでください。",
  "failure.upload.changed":
    "{reason}。ファイルの確認後に保存内容が変わりました。{n} 件はインポート済みです。もう一度実行してください。",
  "failure.upload.idConflict": "ID が別の手書きのものです",
  "failure.upload.labelConflict":
    "この手書きには保存済みのラベル「{stored}」がありますが、ファイルでは「{given}」です",
  "failure.upload.noClass": "該当なし",
  "failure.upload.withdrawn": "{name}（取り下げ済み）",
  "failure.upload.classFolder": "クラス {name} は zip のフォルダー名にできません。NDJSON を選んでください。",
};
