// MathJax without a browser, for tools/formulas.py. Each line in is a formula, or asks for the
// style sheet of those since it was last asked for; each line out answers it. All are JSON.

const [mathjax, settings] = process.argv.slice(2);
const { loader, tex, chtml } = JSON.parse(settings);
const formatError = (jax, error) => {
  throw error; // otherwise the formula would be typeset as words of this error
};
const ready = require(mathjax).init({ loader, tex: { ...tex, formatError }, chtml });

function typeset({ startup, tex2chtml }, formula, display) {
  try {
    return { html: startup.adaptor.outerHTML(tex2chtml(formula, { display })) };
  } catch (error) {
    return { error: error.message };
  }
}

function style({ startup, chtmlStylesheet }) {
  const css = startup.adaptor.textContent(chtmlStylesheet());
  startup.output.clearCache();
  return { css };
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", async (line) => {
    const { formula, display } = JSON.parse(line);
    const made = formula === null ? style(await ready) : typeset(await ready, formula, display);
    console.log(JSON.stringify(made));
  });
