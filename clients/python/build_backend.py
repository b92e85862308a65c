"""Makes the wheel: a zip of src/ and three files about it (PEP 517, PEP 660). Any backend of PyPI's would do; a robot
without a network could not fetch one."""

from __future__ import annotations

import base64
import hashlib
import re
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Dict, Optional

_HERE = Path(__file__).resolve().parent


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: Optional[str] = None) -> str:
    source = _HERE / "src"
    found = [path for path in sorted(source.rglob("*")) if path.suffix in (".py", ".typed")]
    return _wheel(wheel_directory, {path.relative_to(source).as_posix(): path.read_bytes() for path in found})


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: Optional[str] = None) -> str:
    return _wheel(wheel_directory, {"r3x_fxhost.pth": f"{_HERE / 'src'}\n".encode()})


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    project = _project()
    name = f"{project['name'].replace('-', '_')}-{project['version']}"
    with tarfile.open(Path(sdist_directory, name + ".tar.gz"), "w:gz") as archive:
        for part in ("pyproject.toml", "build_backend.py", "README.md", "src"):
            archive.add(_HERE / part, f"{name}/{part}", filter=_without_caches)
    return name + ".tar.gz"


def _without_caches(info: tarfile.TarInfo) -> Optional[tarfile.TarInfo]:
    return None if "__pycache__" in info.name else info


def _project() -> Dict[str, str]:
    # Python 3.9 does not read TOML; what is needed of the table are its strings.
    table = (_HERE / "pyproject.toml").read_text(encoding="utf-8").split("[project]")[1]
    return dict(re.findall(r'^([\w-]+) = "(.*)"$', table, re.MULTILINE))


def _wheel(folder: str, files: Dict[str, bytes]) -> str:
    project = _project()
    name = f"{project['name'].replace('-', '_')}-{project['version']}"
    about = f"{name}.dist-info"
    readme = (_HERE / "README.md").read_text(encoding="utf-8")
    files[f"{about}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        f"Summary: {project['description']}\nLicense: {project['license']}\n"
        f"Requires-Python: {project['requires-python']}\nDescription-Content-Type: text/markdown\n\n{readme}"
    ).encode()
    files[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: build_backend\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = "".join(f"{path},{_digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{about}/RECORD"] = (record + f"{about}/RECORD,,\n").encode()
    wheel = f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, wheel), "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), data)
    return wheel


def _digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
