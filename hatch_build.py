"""Build hooks of the wheel: dependencies from requirements.in, and the built front end, so users need no Node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        """Use the lines of requirements.in as dependencies: one list for the lock file and the wheel."""
        lines = Path(self.root, "requirements.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith(("#", "-"))]


class FrontEnd(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end and compile the translations into the wheel."""
        if version == "editable":
            return
        if not Path(self.root, "node_modules").is_dir():
            self._run(shutil.which("npm") or "npm", "ci", "--silent")
        folder = Path(self.root, "build", "packaged")
        shutil.rmtree(folder, ignore_errors=True)
        self._run(sys.executable, "-m", "entregent.shell.build", str(folder))
        self._run(sys.executable, "tools/messages.py", "compile")
        build_data["force_include"][str(folder)] = "entregent/shell/packaged"
        build_data["artifacts"].append("*.mo")

    def _run(self, *command: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(self.root, "src"))}
        subprocess.run(command, cwd=self.root, env=environment, check=True)
