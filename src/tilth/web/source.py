"""The source of Tilth, for everybody who uses it: its licence asks that whoever runs it offers it to them."""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

import tilth

CHECKOUT = Path(tilth.__file__).resolve().parents[2]
AROUND = ("LICENSE", "README.md", "hatch_build.py", "pyproject.toml", "uv.lock")
FOLDERS = ("src/tilth", "frontend")
KINDS = frozenset(
    {".py", ".html", ".ts", ".mts", ".mjs", ".css", ".json", ".md", ".txt", ".svg", ".png", ".webmanifest"}
)
MADE = frozenset({"__pycache__", "node_modules", "dist"})
UNKNOWN = (
    "Tilth is free software under the GNU Affero General Public License, version 3 or later. This copy of it was "
    "installed without its whole source. Whoever runs this server can tell you where that is.\n"
)


@require_safe
def source(_: HttpRequest) -> HttpResponse:
    """What runs here, to take along; or on to where the host says that it is."""
    if settings.SOURCE_URL:
        return HttpResponseRedirect(settings.SOURCE_URL)
    if not is_whole(CHECKOUT):
        return HttpResponse(UNKNOWN, content_type="text/plain; charset=utf-8", status=404)
    answer = HttpResponse(packed(CHECKOUT), content_type="application/gzip")
    answer["Content-Disposition"] = 'attachment; filename="tilth-source.tar.gz"'
    return answer


def is_whole(root: Path) -> bool:
    """Whether all that Tilth is built from lies here; an installed package has only what it was built to."""
    return all((root / name).exists() for name in (*AROUND, *FOLDERS))


@cache
def packed(root: Path) -> bytes:
    """A gzipped tar of what Tilth is built from, as it lay here when it was first asked for. Nothing else goes along
    that may lie beside it: no data folder, no hidden file, nothing of another kind."""
    tar = BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for path in sorted(_files(root)):
            entry = tarfile.TarInfo(f"tilth/{path.relative_to(root).as_posix()}")
            content = path.read_bytes()
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, BytesIO(content))
    return gzip.compress(tar.getvalue(), mtime=0)


def _files(root: Path) -> Iterator[Path]:
    yield from (root / name for name in AROUND)
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            parts = path.relative_to(root).parts
            hidden = any(part.startswith(".") or part in MADE for part in parts)
            if path.suffix in KINDS and not hidden and path.is_file() and not path.is_symlink():
                yield path
