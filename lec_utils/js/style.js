// The look of a figure's panel. It stands in each figure, as a page may hold just one of them.
import { CONTROLS } from "./controls.js";

export const STYLE = `${CONTROLS}
.live-figure .lf-row input{flex:1 1 7em;min-width:0;min-height:44px;margin:0;accent-color:#0072B2;cursor:pointer}
.live-figure .lf-value{min-width:4.5em}
.live-figure .lf-read{margin:.3em 0;font-weight:600;line-height:1.4;min-height:1.4em;color:inherit}
.live-figure :is(.lf-value,.lf-read){font-variant-numeric:tabular-nums}
.live-figure .lf-say{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.live-figure :is(svg,input){touch-action:pan-y pinch-zoom}`;
