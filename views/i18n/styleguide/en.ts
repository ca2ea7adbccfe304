/** Texts of the style guide in English. */
export const styleguideEn = {
  "styleguide.title": "Style guide",
  "styleguide.lead":
    "The tokens of the stylesheet and the components of the pages, rendered by the code that the pages use. Labels, figures and times in the examples only show the form: nothing of them was measured.",
  "styleguide.tokens": "Tokens",
  "styleguide.token": "Token",
  "styleguide.value": "Value",
  "styleguide.sample": "Sample",
  "styleguide.light": "Light",
  "styleguide.dark": "Dark",
  "styleguide.colours": "Colours in both schemes",
  "styleguide.fonts": "Fonts",
  "styleguide.textSizes": "Text sizes",
  "styleguide.spaces": "Spacing",
  "styleguide.shapes": "Corners and touch targets",
  "styleguide.motion": "Motion",
  "styleguide.pictures": "Pictures",
  "styleguide.contrastCaption":
    "Contrast of each colour to the surfaces that it is used on, computed from the stylesheet (WCAG 2.2): text, then borders, bars and focus rings",
  "styleguide.pair": "Colour / surface",
  "styleguide.least": "At least",
  "styleguide.words": "Handwriting 手書き 0123456789",
  "styleguide.motionSample": "Move the pointer over this",
  "styleguide.pictureSample": "Dark ink on white becomes light ink on the dark page",
  "styleguide.inert": "shown only, cannot be operated",
  "styleguide.disabled": "Off",
  "styleguide.tick": "Include labels in review",
  "styleguide.remove": "Remove {name}",
  "styleguide.askNote": "In this example nothing is cancelled.",
  "styleguide.noticeDone": "The change is stored.",
  "styleguide.fieldError": "Enter a whole number from 1",
  "styleguide.check": "A sentence with the figures of the check",
  "styleguide.numbers": "Images by class",
  "styleguide.chart": "Accuracy by epoch",
  "styleguide.axis": "Epoch",
  "styleguide.moment": "Weights kept",
  "styleguide.c.button": "Buttons",
  "styleguide.use.button":
    "One main button per form. Grave (ochre): what cannot be undone or loses work. A button that is off stays readable. Its look under the pointer, with the focus and while pressed appears when you do it.",
  "styleguide.c.ask": "Confirmation",
  "styleguide.use.ask":
    "Before an action that loses something. A popover: it works without script and closes with Escape.",
  "styleguide.c.keys": "List of keys",
  "styleguide.use.keys": "The keys of a page, opened by h or ?. Each page with keys of its own has one.",
  "styleguide.c.tabs": "Tabs",
  "styleguide.use.tabs": "Parts of one list, of which one is shown. Links: each part has its own address.",
  "styleguide.c.chips": "Chips and pages",
  "styleguide.use.chips": "Filters and tags that can be removed; links to older and newer rows.",
  "styleguide.c.fields": "Fields",
  "styleguide.use.fields":
    "A label, what the value means, and its bounds. An error replaces the bounds, and says what to enter.",
  "styleguide.c.settings": "Settings",
  "styleguide.use.settings": "A value of server.yml: its key, its default, and what has locked it.",
  "styleguide.c.inlineForm": "Short form",
  "styleguide.use.inlineForm":
    "One or two fields and their button in a line; on a phone the button is below.",
  "styleguide.c.notices": "Results of a request",
  "styleguide.use.notices":
    "What has happened, above the list that it changed. The crimson one: nothing was changed, and why.",
  "styleguide.c.siteNotice": "Notice on every page",
  "styleguide.use.siteNotice":
    "What people must know wherever they are, until someone dismisses it. Use it rarely.",
  "styleguide.c.toast": "Message of a failed request",
  "styleguide.use.toast":
    "When a part of the page could not be loaded. It disappears automatically; nothing important is only here.",
  "styleguide.c.empty": "Nothing to show",
  "styleguide.use.empty":
    "Where a chart, a list or a table would be: what will be here, or how it gets here.",
  "styleguide.c.marks": "Status marks",
  "styleguide.use.marks": "A state as a shape and a word, never by colour alone.",
  "styleguide.c.tags": "Tags",
  "styleguide.use.tags": "A property of a version in a word: live, forced, or a tag that people gave.",
  "styleguide.c.checks": "Checks",
  "styleguide.use.checks":
    "Rules with their results. One that lacks evidence, or was not judged, says so in words.",
  "styleguide.c.progress": "Progress",
  "styleguide.use.progress": "A number that is known, towards a goal. Indigo: something is running.",
  "styleguide.c.strip": "Home strip",
  "styleguide.use.strip":
    "The state of the project on every page but Draw; what needs a person is in vermilion.",
  "styleguide.c.tables": "Tables",
  "styleguide.use.tables":
    "Rows of things: on a phone each row becomes a card. Numbers are right-aligned, and a table of numbers scrolls.",
  "styleguide.c.facts": "Facts and folds",
  "styleguide.use.facts":
    "Facts by name; a long part that opens on request, with its most important figure in view.",
  "styleguide.c.command": "Command",
  "styleguide.use.command": "A command to copy into a terminal, as it has to be typed.",
  "styleguide.c.charts": "Charts",
  "styleguide.use.charts":
    "Measured points with axes and their 95 % interval; series differ in colour, shape and dashes. A table has the numbers.",
  "styleguide.c.evaluation": "Evaluation",
  "styleguide.use.evaluation":
    "All of one set: accuracy, confusion matrix, classes, calibration, next to the previous model's.",
  "styleguide.c.saliency": "Effect of pixels",
  "styleguide.use.saliency":
    "Squares support a prediction, circles count against it: the shape says it, not the colour.",
  "styleguide.c.drawings": "Drawings",
  "styleguide.use.drawings":
    "Small pictures with their labels. A wrong prediction follows the label, in vermilion, after an arrow.",
  "styleguide.c.drawing": "One drawing",
  "styleguide.use.drawing": "A drawing as it was drawn, next to the image that models see.",
} as const;
