"""What keeps JupyterLab quiet: no news, no look for updates, no npm, all of which need the network.

`python -m tools.quiet_lab` prints them as flags for a command line.
"""

QUIET = {
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    "LabApp.extension_manager": "readonly",
    "LabApp.news_url": "",
    "LanguageServerManager.autodetect": False,
    # Without it, the kernel warns of eavesdropping in the terminal, which may be on the projector.
    "KernelManager.transport_encryption": "auto",
}


def flags(settings):
    """Settings as words of a command line."""
    return [f"--{name}={value}" for name, value in settings.items()]


if __name__ == "__main__":
    print(*flags(QUIET))
