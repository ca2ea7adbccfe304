/** Why a file of drawings, or a row of it, cannot be imported, in English. */
export const importsEn = {
  "failure.import.unreadable": "Cannot read {file}: {reason}",
  "failure.import.unreadableRow": "Cannot read {file}, {place}: {reason}",
  "failure.import.row": "{file}, {place}: {reason}",
  "failure.import.ofFile": "{file}: {reason}",
  "failure.import.line": "line {n}",
  "failure.import.column": "line {n}, column {column}",
  "failure.import.name": "{name}",
  "failure.import.image": "image {n}",
  "failure.import.label": "label {n}",
  "failure.import.task": "task {n}",
  "failure.import.tooLong": "it has {bytes} bytes, at most {max} can be read",
  "failure.import.notText": "it is not UTF-8 text",
  "failure.import.longLine": "a line has more than {max} characters",
  "failure.import.missing": "it does not exist or is not a file",
  "failure.import.gzipLong": "unpacked, it has more than {max} bytes",
  "failure.import.gzipCut": "its gzip data is cut off",
  "failure.import.gzipDamaged": "its gzip data is damaged ({reason})",
  "failure.import.kindLabels": "it has the labels. Name the file with the images",
  "failure.import.kindNpz": "it is an .npz file. Save (images, labels) with pickle.dump instead",
  "failure.import.kindPng":
    "it is a PNG image. Expected drawings as NDJSON, a pickle of (images, labels), IDX images with their labels, a CSV file with a label and 784 pixels in each row, PNG images in a zip archive with a folder for each label, or Label Studio's JSON; each may be packed with gzip",
  "failure.import.kindNotText": "it is not UTF-8 text. If it is a table or NDJSON, save it as UTF-8",
  "failure.import.kindEmpty": "it is empty",
  "failure.import.kindUnknown":
    "its format is unknown. Expected drawings as NDJSON, a pickle of (images, labels), IDX images with their labels, a CSV file with a label and 784 pixels in each row, PNG images in a zip archive with a folder for each label, or Label Studio's JSON; each may be packed with gzip",
  "failure.import.csvNoLabels": "it has {width} columns of pixels but no labels",
  "failure.import.csvNoLabel":
    'expected a label and {pixels} pixels (28 rows of 28) in each row, found {width} columns, none named "label"',
  "failure.import.csvWidth":
    "expected a label and {pixels} pixels (28 rows of 28) in each row, found {width} columns",
  "failure.import.csvFields": "expected {width} fields, found {found}",
  "failure.import.csvPixel": "expected a pixel value, found {found}",
  "failure.import.notJson": "{reason}",
  "failure.import.notObject": "expected an object {label, w, h, strokes}",
  "failure.import.negativeLabel": 'label: expected null, because the state is "negative"',
  "failure.import.noLabel": "label: expected a class, found nothing",
  "failure.import.labelForm": "label: expected a class, found {found}",
  "failure.import.wholePixels": "pixels: expected whole numbers 0..255, found {found}",
  "failure.import.notPixels": "pixels: expected {n} numbers (28 rows of 28), found {type}",
  "failure.import.pixelCount": "pixels: expected {n} numbers (28 rows of 28), found {found} values",
  "failure.import.countFrom":
    "no label is 0, and the lowest is {lowest}. Give --label-offset 1 if the labels count from 1, or --label-offset 0 if no image is of the first class ({first})",
  "failure.import.fromOne":
    "expected a label of the classes {names}, found {found}. If the labels count from 1, give --label-offset 1",
  "failure.import.notClass":
    "expected a label of the classes {names}, found {found}. Correct the label, or add the class to parameters.yml",
  "failure.import.notClassFolder":
    "expected a label of the classes {names}, found {found}. Correct the label, or add the class to parameters.yml. Images without a label go into a folder _unlabelled, or to the top of the archive",
  "failure.import.notClassLess":
    "expected a label of the classes {names}, found {found} less the offset {offset}. Correct the label, or add the class to parameters.yml",
  "failure.import.notTasks":
    "expected Label Studio's tasks [{data, annotations}], found another JSON. Drawings are one JSON object per line (NDJSON)",
  "failure.import.taskForm": "{path}: {reason}",
  "failure.import.taskImage": "data: expected the image as a data URL of a PNG, found {found}",
  "failure.import.noChoice": "annotations: expected one choice, found none",
  "failure.import.choices": "annotations: expected one choice, found {found}",
  "failure.import.field": "{path}: {reason}, found {found}",
  "failure.import.fieldString": "expected a string",
  "failure.import.fieldUnicode": "expected Unicode text, found half of a surrogate pair",
  "failure.import.fieldTime": 'expected a time as in "2026-01-02T03:04:05.678Z"',
  "failure.import.fieldSplit": 'expected "train" or "holdout"; remove it to have the side drawn',
  "failure.import.fieldState": "expected one of labelled, negative, rejected",
  "failure.import.fieldId":
    'expected an id as in "019b0000-0000-7000-8000-000000000001"; remove it to have one made',
  "failure.import.ranges":
    "pixel values go up to {max}, but the images before it are in 0 to 1. Use one range for the whole file",
  "failure.import.pale":
    "pixel values run from 0 to {max}, expected 0 to 255, or 0 to 1. Scale them to 0 to 255",
  "failure.import.pixelNumber": "a pixel value is {found}, expected 0 to 255",
  "failure.import.bright": "pixel values run from {min} to {max}, expected 0 to 255. Divide them by {by}",
  "failure.import.standardisedUnit":
    "pixel values run from {min} to {max}, so they were standardised; expected 0 to 255, or 0 to 1. Save (x + 1) * 127.5 instead",
  "failure.import.standardised":
    "pixel values run from {min} to {max}, so they were standardised; expected 0 to 255, or 0 to 1. Save the images as they were before: multiply by the standard deviation, then add the mean",
  "failure.import.noLabelsFile": "Cannot find the labels of {images}. Name the file with --labels",
  "failure.import.noLabelsAt":
    "Cannot find the labels of {images}: {expected} does not exist. Name the file with --labels",
  "failure.import.imageSize": "images are {found}, expected {expected} as in MNIST",
  "failure.import.scanSide": "expected at most {max} px on a side, found {found}",
  "failure.import.badPng": "is not a valid PNG: {reason}",
  "failure.import.png16": "has 16 bits per channel. Save it with 8",
  "failure.import.notPng": "is not a PNG",
  "failure.import.pngSize": "is {found} px, expected 1 to {max} pixels",
  "failure.import.zipEmpty": "the archive has no files",
  "failure.import.zipDamaged": "the zip archive is damaged ({reason})",
  "failure.import.zipNoFolder": "expected a folder with the label's name around it, found none",
  "failure.import.zipLeaving": "its name leaves the archive. Rename it, or pack the archive again",
  "failure.import.zipNotPng": "expected a PNG image, found another file",
  "failure.import.zipEncrypted": "expected a file that is not encrypted",
  "failure.import.zipLong": "expected at most {max} bytes, found {found}",
  "failure.import.badPickle": "is not a supported pickle: at byte {at}, {reason}",
  "failure.import.pickleForm":
    "expected (images, labels), or two or three such pairs as in mnist.pkl (train, [validation,] test)",
  "failure.import.pickleNoLabels":
    "images without labels; expected (images, labels), or two or three such pairs as in mnist.pkl (train, [validation,] test)",
  "failure.import.pickleNoArray":
    "the images are no numpy array; expected (images, labels), or two or three such pairs as in mnist.pkl (train, [validation,] test)",
  "failure.import.pickleCounts": "{n} images, but {labels} labels",
  "failure.import.pickleShape":
    "images of shape ({found}), expected (N, rows, columns), (N, rows, columns, 1) or (N, pixels)",
  "failure.import.pickleLabelShape":
    "labels of shape ({found}); expected labels as an array or list of N numbers or names, as a column (N, 1), or one-hot (N, classes)",
  "failure.import.pickleLabelForm":
    "the labels have another form; expected labels as an array or list of N numbers or names, as a column (N, 1), or one-hot (N, classes)",
  "failure.import.pickleLabel":
    "label {at} is {found}, which is not a whole number; expected labels as an array or list of N numbers or names, as a column (N, 1), or one-hot (N, classes)",
  "failure.import.pickleOneHot":
    "label {at} is a row of {n} values with {ones} ones, which is not one-hot; expected labels as an array or list of N numbers or names, as a column (N, 1), or one-hot (N, classes)",
  "failure.import.idxSide": "{name}: images are {found} px, expected 1 to {max} on each side",
  "failure.import.idxCounts": "{images} has {n} images but {labels} has {found} labels",
  "failure.import.notIdxImages":
    "{name} is not an IDX file of images: it must start with {expected}, found {found}",
  "failure.import.notIdxLabels":
    "{name} is not an IDX file of labels: it must start with {expected}, found {found}",
  "failure.import.idxHeader": "{name} ends within its header: expected {expected} bytes, found {found}",
  "failure.import.idxLength": "{name} has {found} bytes, but its header ({sizes}) requires {expected}",
  "failure.drawing.form": "Expected a drawing {strokes, width, height}, found {found}",
  "failure.drawing.strokes": "strokes: expected an array, found {found}",
  "failure.drawing.stroke": "strokes[{at}]: expected an array of points, found {found}",
  "failure.drawing.point": "strokes[{at}][{point}]: expected [x, y, tMs?, pressure?], found {found}",
  "failure.drawing.strokeCount": "strokes: expected at most {max} strokes, found {found}",
  "failure.drawing.pointCount": "strokes: expected at most {max} points in total, found {found}",
  "failure.drawing.range": "{at}: expected a number from {min} to {max}, found {found}",
  "failure.drawing.nothing": "nothing",
  "failure.drawing.array": "an array of {n}",
  "failure.drawing.object": "an object",
  "failure.upload.noFile": "The upload has no file",
  "failure.upload.none": "There is no such upload: it was imported or removed, or the server was restarted",
  "failure.upload.serverFailed": "The server failed; see its log",
  "failure.upload.running": "{file} is being imported. Undo the import when it is done",
  "failure.upload.tooMany": "{n} files are arriving or being imported. Try again when one of them is done",
  "failure.upload.tooManyFiles": "Expected at most {n} files: IDX images and their labels",
  "failure.upload.imported": "{file} is being imported already, or was",
  "failure.upload.name": "name: expected the name of a file, found {found}",
  "failure.upload.empty": "{file} is empty",
  "failure.upload.conflicts":
    "Nothing is imported from {file}: {n} of its rows differ from what is stored, or from an earlier row. Choose to keep what is stored, or to replace it",
  "failure.upload.changed":
    "{reason}. The store has changed since the file was checked; {n} samples are imported. Run the command again",
  "failure.upload.idConflict": "its id belongs to another drawing",
  "failure.upload.labelConflict":
    'expected the label "{stored}" that the drawing has already, found "{given}"',
  "failure.upload.noClass": "none of the classes",
  "failure.upload.withdrawn": "{name} (withdrawn)",
  "failure.upload.classFolder": "format: class {name} cannot be a folder of an archive. Choose NDJSON",
} as const;
