// The look of the controls. Their style stands in each figure, as a page may hold just one of them.

export const STYLE = `
.live-figure :is(.lf-row,.lf-keys){display:flex;flex-wrap:wrap;align-items:center;gap:.3em .6em}
.live-figure .lf-row input{flex:1 1 7em;min-width:0;min-height:44px;margin:0;accent-color:#0072B2;cursor:pointer}
.live-figure .lf-value{min-width:4.5em;font-variant-numeric:tabular-nums}
.live-figure .lf-row :is(button,select,[type=text]){font:inherit;color:inherit;background:none;border:1px solid #767676;border-radius:4px;min-height:44px;min-width:44px;padding:0 .7em;cursor:pointer}
.live-figure :is(input,button,select):focus-visible{outline:3px solid #0072B2;outline-offset:2px}
.live-figure .lf-read{margin:.3em 0;font-weight:600;line-height:1.4;min-height:1.4em;color:inherit;font-variant-numeric:tabular-nums}
.live-figure .lf-say{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.live-figure :is(svg,input){touch-action:pan-y pinch-zoom}`;
