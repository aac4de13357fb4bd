"""Make this checkout importable in the virtual environment that runs this, with its `entregent` command.

What an editable install would do, without a build and its isolated environment, hence without network.
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
