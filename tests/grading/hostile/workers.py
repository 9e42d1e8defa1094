"""Workers that grade nothing, in a module that a new process imports at once."""

import os
import time


def stub(connection, job, folder, parent):
    """A worker that dies or hangs where the file's name says so."""
    while True:
        name, _ = connection.recv()
        if "dies" in name:
            os._exit(1)
        if "hangs" in name:
            time.sleep(1000)
        broken = "once" in name and not (job.folder / "tried").exists()
        (job.folder / "tried").touch()
        connection.send(("failed", "it broke") if broken else ("record", {"file": name}))
