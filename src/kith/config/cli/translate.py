"""Keeping the catalogues: `kith translate extract`, `compile` and `missing`."""

import typer

from kith.portal.shell import catalogues

app = typer.Typer(help="Keep the catalogues of translations.", no_args_is_help=True)


@app.command()
def extract() -> None:
    """Merge the sentences of the sources into every django.po."""
    catalogues.extract()
    _report()


@app.command("compile")
def compile_catalogues() -> None:
    """Compile every django.po that is newer than its django.mo."""
    compiled = catalogues.compile_stale()
    print(f"Compiled: {', '.join(compiled)}." if compiled else "Nothing to compile.")


@app.command()
def missing(show: int = typer.Option(20, help="How many of the missing sentences to print.")) -> None:
    """Say how far each language is; exit 1 where a sentence has no translation."""
    if _report(show=show):
        raise typer.Exit(1)


def _report(*, show: int = 0) -> int:
    """Print the coverage of each language; return how many translations are missing in all."""
    total = 0
    for each in catalogues.coverage():
        total += len(each.missing)
        print(f"{each.locale}: {each.total - len(each.missing)} of {each.total} sentences.")
        for sentence in each.missing[:show]:
            print(f"  {sentence}")
    return total
