"""What `make` runs, one module a command: `python -m tools.slides`, from the top folder."""
