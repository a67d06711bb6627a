"""Keys laid on a browser's device by the vault's own code, without the page for unlocking."""

import subprocess
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import node

FRONT_END = Path(__file__).parents[2] / "frontend"


def lay_keys(page: Page, laid: dict[str, object]) -> None:
    """`laid` is what `layKeys` of frontend/src/vault/device.cast.ts takes; the page is one of the server's."""
    page.evaluate(f"(laid) => {{ {_script()} return device.layKeys(laid); }}", laid)


@cache
def _script() -> str:
    esbuild = FRONT_END / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--format=iife", "--global-name=device", "--target=chrome137"]
    command = [node(), esbuild, "src/vault/device.cast.ts", *options]
    return subprocess.run(command, cwd=FRONT_END, capture_output=True, text=True, check=True).stdout
