"""Links that open a lesson on a JupyterHub: `make hub-links HUB=https://… CLASS=https://…`.

Each is a link of nbgitpuller: it fetches the class's repository into the home folder of whoever
clicks it, or merges what is new there with what they have, and opens the notebook.
"""

import argparse
import re
import sys
from urllib.parse import urlencode

from tools.course import ROOT, CourseError, in_markdown, read_course, written_anew

FOLDER = "gradient-descent"  # where it goes, in a user's home folder
BRANCH = "main"
EXAMPLE = ("https://hub.example.edu", "https://github.com/you/your-class")
PAGE = ROOT / "docs" / "teach" / "hub.md"
BEGIN = "<!-- hub links: make course writes from here -->"


def hub_link(hub, repository, path, branch=BRANCH):
    """The link that opens the notebook at ``path`` of the class's repository on the hub.

    >>> hub_link("https://hub.edu/", "https://github.com/me/class", "notebooks/a.ipynb")[:51]
    'https://hub.edu/hub/user-redirect/git-pull?repo=htt'
    """
    wanted = {
        "repo": repository,
        "branch": branch,
        "targetpath": FOLDER,
        "urlpath": f"lab/tree/{FOLDER}/{path}",
    }
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(wanted)}"


def hub_links(course, hub, repository, branch=BRANCH):
    """A line of Markdown for each lesson: its label, linked."""
    return [
        f"- [{in_markdown(lesson.label)}]({hub_link(hub, repository, lesson.path, branch)})"
        for lesson in course.lessons
    ]


def with_hub_links(page, course):
    """The text of the teacher's page with its links, to an example hub, written anew."""
    lines = "\n".join(hub_links(course, *EXAMPLE))
    return written_anew(page, BEGIN, f"```md\n{lines}\n```")


def main(arguments):
    parser = argparse.ArgumentParser(prog="hub_links", description=__doc__.splitlines()[0])
    parser.add_argument("hub", help="the hub's address")
    parser.add_argument("repository", help="the address of the class's repository, for git clone")
    parser.add_argument("--branch", default=BRANCH)
    said = parser.parse_args(arguments)
    if not all(re.match(r"https?://\w", address) for address in (said.hub, said.repository)):
        parser.error("say both addresses: make hub-links HUB=https://… CLASS=https://…")
    try:
        print(*hub_links(read_course(), said.hub, said.repository, said.branch), sep="\n")
    except CourseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
