"""`kith doctor`: is everything as it must be."""

import json
from dataclasses import asdict

import typer

from kith.config.cli.options import AsJson, Home, use_home
from kith.config.ground import starting
from kith.config.health import probes
from kith.config.health.probes import Finding
from kith.kernel.invariants import INVARIANTS

_SHOWN = 5  # breaches of one invariant that are printed


def doctor(*, as_json: AsJson = False, home: Home = None) -> None:
    """Check settings, database, disk, workers, clocks, mail and every invariant; exit 1 where one fails."""
    use_home(home)
    with starting.database() as rests:
        findings = [
            probes.database(),
            probes.room(),
            probes.jobs(rests=rests),
            probes.clocks(),
            probes.mail(),
            probes.muted(),
        ]
        if findings[0].is_well:
            findings += [_invariant(name) for name in INVARIANTS.names()]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            print(f"{'ok   ' if finding.is_well else 'FAILS'}  {finding.name}: {finding.sentence}")
    raise typer.Exit(int(not all(finding.is_well for finding in findings)))


def _invariant(name: str) -> Finding:
    invariant = INVARIANTS.get(name)
    breaches = list(invariant.breaches())
    if not breaches:
        return Finding(name, is_well=True, sentence=invariant.sentence)
    more = f" … and {len(breaches) - _SHOWN} more" if len(breaches) > _SHOWN else ""
    return Finding(name, is_well=False, sentence=f"{invariant.sentence} Not so: {'; '.join(breaches[:_SHOWN])}{more}")
