"""What `make` runs, one module a command: `python -m tools.slides`, from the top folder."""

import sys

# nbformat asks jsonschema, which would build 38 parsers for addresses in every script: most of a
# second, for each command, and no notebook has such an address. It can do without them.
sys.modules.setdefault("rfc3987_syntax", None)
