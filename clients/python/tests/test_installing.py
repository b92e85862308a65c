"""`pip install ./clients/python`, without a network."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

_CLIENT = Path(__file__).resolve().parents[1]
sys.path.append(str(_CLIENT))

import build_backend  # noqa: E402


class Installing(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_the_wheel_is_the_package_with_its_types_and_what_it_records(self) -> None:
        wheel = zipfile.ZipFile(self.folder / build_backend.build_wheel(str(self.folder)))
        self.addCleanup(wheel.close)
        names = wheel.namelist()
        source = {path.name for path in (_CLIENT / "src" / "r3x_fxhost").glob("*.*")}
        self.assertEqual(source, {Path(name).name for name in names if name.startswith("r3x_fxhost/")})
        self.assertIn("r3x_fxhost/py.typed", names)
        for line in wheel.read("r3x_fxhost-0.1.0.dist-info/RECORD").decode().splitlines()[:-1]:
            name, digest, size = line.split(",")
            data = wheel.read(name)
            expected = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            self.assertEqual((f"sha256={expected}", str(len(data))), (digest, size))

    def test_it_imports_from_the_wheel_alone(self) -> None:
        wheel = self.folder / build_backend.build_wheel(str(self.folder))
        code = "import r3x_fxhost, sys; print(r3x_fxhost.__file__); assert 'numpy' not in sys.modules"
        said = subprocess.run(
            [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(wheel)!r}); {code}"],
            stdout=subprocess.PIPE,
            check=True,
        ).stdout.decode()
        self.assertTrue(said.startswith(str(wheel)), said)


if __name__ == "__main__":
    unittest.main()
