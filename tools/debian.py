"""Installs Debian packages if permitted: as root, or with passwordless sudo."""

import os
import shutil
import subprocess
import time

TRIES = 20


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if may else None


def install(package: str) -> bool:
    """Install ``package``, waiting up to three minutes for another apt-get to finish; return whether it worked."""
    prefix = _as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    print(f"Installing {package}", flush=True)
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    subprocess.run([*command, "update", "-q"], capture_output=True)
    for _ in range(TRIES):
        done = subprocess.run(
            [*command, "install", "-y", "-q", "--no-install-recommends", package],
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return True
        if "lock" not in done.stderr:
            print(done.stderr, flush=True)
            return False
        time.sleep(9)
    return False
