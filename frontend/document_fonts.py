"""Fetches the fonts that PDFs are set in (58 MB to download, 21 MB kept); does nothing where they are present.

    python frontend/document_fonts.py

It is apart from `build.py` because no page needs these files: the first page need not wait for them.
"""

import hashlib
import os
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from build import BuildError, node_folder, run

TARGET = Path(__file__).resolve().parent.parent / "src" / "kith" / "kernel" / "documents" / "fonts"

# package -> version, {file: SHA-256}; `BeVietnamPro_400Regular.ttf` lies in the package's folder `400Regular`
PACKAGES = {
    "@expo-google-fonts/be-vietnam-pro": (
        "0.4.1",
        {
            "BeVietnamPro_400Regular.ttf": "cb6f53d6fd56316356c55b067474d9621c27b7182b124063b8f6eab6acef63bd",
            "BeVietnamPro_500Medium.ttf": "f493144cb53c78c6f0819bc9b73de274486618ac609bc92b3b79d4efc76f95c6",
            "BeVietnamPro_700Bold.ttf": "2fe6c3f9dbb65f61554d530c16b2eb4ec32ca437dc8f9999a6ec0f6403b30bfe",
        },
    ),
    "@expo-google-fonts/noto-sans-sc": (
        "0.4.3",
        {
            "NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
            "NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
        },
    ),
}


def complete() -> bool:
    """Say whether every font is there."""
    return all((TARGET / name).exists() for _version, files in PACKAGES.values() for name in files)


def fetch() -> bool:
    """Bring what is missing; say whether anything was brought. A file of another content is a `BuildError`."""
    if complete():
        return False
    TARGET.mkdir(parents=True, exist_ok=True)
    for package, (version, files) in PACKAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            base = node_folder() if os.name == "nt" else node_folder() / "lib"
            npm = base / "node_modules" / "npm" / "bin" / "npm-cli.js"
            run(npm, "pack", f"{package}@{version}", "--pack-destination", folder, "--loglevel=error")
            [archive] = Path(folder).glob("*.tgz")
            unpack(archive, package, files)
    return True


def unpack(archive: Path, package: str, files: dict[str, str]) -> None:
    """Write the named files and the licence; each font appears whole or not at all."""
    with tarfile.open(archive) as packed:
        for name, digest in files.items():
            content = member(packed, f"{Path(name).stem.partition('_')[2]}/{name}")
            if hashlib.sha256(content).hexdigest() != digest:
                raise BuildError(f"{name} of {package} is not the file we know; it was not installed.")
            partial = TARGET / f"{name}.part"
            partial.write_bytes(content)
            partial.replace(TARGET / name)
        (TARGET / f"{package.rsplit('/', 1)[1]}-LICENSE.txt").write_bytes(member(packed, "LICENSE_FONT"))


def member(packed: tarfile.TarFile, name: str) -> bytes:
    """Return the content of one file of an npm archive."""
    file = packed.extractfile(f"package/{name}")
    if file is None:
        raise BuildError(f"The package has no {name}.")
    return file.read()


def main() -> int:
    """Fetch; 1 where it failed, with the reason."""
    started = time.perf_counter()
    try:
        fetched = fetch()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if fetched:
        sys.stdout.write(f"Fonts for documents fetched in {time.perf_counter() - started:.1f} s.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
