"""Make this checkout importable in the current virtual environment, and install its `entregent` command there.

Does what an editable install would, without an isolated build environment, hence without network access.
"""

import sys
import sysconfig
from pathlib import Path

SCRIPT = """#!{python}
import sys

from entregent.cli.main import main

sys.exit(main())
"""

packages = Path(sysconfig.get_path("purelib"))
(packages / "entregent.pth").write_text(f"{Path(__file__).resolve().parent.parent / 'src'}\n")
command = Path(sysconfig.get_path("scripts")) / "entregent"
command.write_text(SCRIPT.format(python=sys.executable))
command.chmod(0o755)
