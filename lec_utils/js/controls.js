// The look of what is pressed, in figures and in questions.

export const CONTROLS = `
:is(.lf-row,.lf-keys,.lf-choice,.lf-choice label){display:flex;flex-wrap:wrap;align-items:center;gap:.3em .6em}
:is(.live-figure,.lf-ask) :is(button,select,[type=text],[type=number]){font:inherit;color:inherit;background:none;border:1px solid #767676;border-radius:4px;min-height:44px;min-width:44px;padding:0 .7em;cursor:pointer}
:is(.live-figure,.lf-ask) :focus-visible{outline:3px solid #0072B2;outline-offset:2px}
@media print{:is(.live-figure,.lf-ask) :is(button,select,[type=range]){display:none}}`;
