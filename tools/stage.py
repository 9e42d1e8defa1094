"""jupyterlab-rise with a page of our own around its slides, for tools/present.py."""

from pathlib import Path

from jupyterlab_rise import app

from tools.course import ROOT

TEMPLATE = ROOT / "tools" / "slides" / "stage"


class Stage(app.RiseApp):
    """The application that shows a notebook as slides; its page has one script more."""

    def initialize_templates(self):
        super().initialize_templates()
        self.template_paths = [str(TEMPLATE), str(TEMPLATE.parent), str(Path(app.__file__).parent)]


def _jupyter_server_extension_points():
    return [{"module": "tools.stage", "app": Stage}]
