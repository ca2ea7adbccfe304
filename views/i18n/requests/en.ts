/** Why a request is refused, in English. */
export const requestsEn = {
  "failure.request.method": "{path} does not allow {method}, only {allow}.",
  "failure.request.server": "The server failed. For details, see its log under request id {id}.",
  "failure.request.otherSite":
    "{method} {path} was sent by another site's page and was refused. Nothing was changed.",
  "failure.request.noHost":
    "The request is for host {host}, which is not a host name. Send the header Host, such as Host: localhost.",
  "failure.request.otherHost":
    "This server does not serve host {host}. Use an address that tegaki printed when it started, or add the name to allowed_hosts in server.yml.",
  "failure.request.bytes": "{n} bytes",
  "failure.request.more": "more",
  "failure.request.long.drawing":
    "The body is too long: expected at most {max} bytes of a drawing, found {found}. Send fewer points.",
  "failure.request.long.model":
    "The body is too long: expected at most {max} bytes of a model, found {found}. Send a smaller model, or raise limits.model_bytes in server.yml.",
  "failure.request.long.file":
    "The body is too long: expected at most {max} bytes of a file of drawings, found {found}. Send a part of the file, raise limits.import_bytes in server.yml, or use tegaki samples import.",
  "failure.request.long.other":
    "The body is too long: expected at most {max} bytes here, found {found}. Send less.",
  "failure.request.simplify": "{reason}. Simplify the drawing.",
  "failure.request.oneOf": '{name}: expected one of {known}, found "{found}"',
  "failure.request.atMost": "{name}: expected at most {max} characters, found {found}",
  "failure.request.percent": '{name}: expected a percentage from 0 to 100, found "{found}"',
  "failure.request.version": '{name}: expected the number of a model version, found "{found}"',
  "failure.request.day": '{name}: expected a day as in "2026-01-02", found "{found}"',
  "failure.request.offset": '{name}: expected 0 to 999, found "{found}"',
  "failure.request.lines": '{name}: expected lines "ID STATE LABEL", found "{found}"',
  "failure.request.writer": '{name}: expected one line of at most 100 characters, found "{found}"',
  "failure.request.nothingSelected":
    "samples: expected the drawings to change, found none. Select some first",
  "failure.request.whoseNeither": "Expected either writer or session, found neither",
  "failure.request.whoseBoth": "Expected either writer or session, found both",
  "failure.request.cell": "true, predicted: expected both for a cell, or neither for the worst mistakes",
  "failure.request.form": "The form cannot be read: {reason}",
  "failure.request.textField": "{name}: expected one text field",
  "failure.noModel.yet": "There is no model yet. {needs}",
  "failure.noModel.drawings":
    "There is no model yet. Drawings are recognised as soon as each class has one that is labelled; there is none of {names} yet. {needs}",
  "failure.noModel.promote": "Promote one",
  "failure.noModel.next": "There are enough labelled drawings; it is trained next",
  "failure.noModel.needs":
    "It is trained once there are {perClass} labelled drawings of each class, {total} in total; there are {n} now. Label with POST /api/v1/samples",
  "failure.sample.noLabel": "Sample {id} has no label to confirm: it is {state}.",
  "failure.sample.pinned": "Sample {id} is pinned: its label cannot be changed, and is not in review.",
  "failure.sample.keyUsed":
    'Idempotency key "{key}" was used for another sample ({id}). Use a new key for new content',
  "failure.sample.twin":
    'This drawing is already stored, as sample {id} with the label "{label}". Correct that sample instead',
  "failure.sample.notReviewed": "Sample {id} was never in review, so there is no decision to undo",
  "failure.sample.negativeLabel":
    'state: a drawing of none of the classes must not have a label, found "{label}"',
  "failure.sample.needsLabel":
    "label: this drawing is of none of the classes. Set a label together with the state",
  "failure.sample.tooManyListed":
    "samples: expected at most {max} samples that are listed, found {found}. Select them by a filter",
  "failure.sample.noAction": "There is no action {id} on samples",
  "failure.sample.wasUndone": "This label was undone, so it is not stored. Label the drawing again",
  "failure.sample.undone": "Action {id} on samples was undone at {at}",
} as const;
