"""Where the supervisor's children begin: settings and models first, then the one part this process is."""

import argparse
import asyncio
import logging.config
import sys

import django

from kith.config.log import LOGGING


def main() -> None:
    """Read the command line (the supervisor writes it) and run that part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    web = parts.add_parser("web")
    web.add_argument("--host", required=True)
    web.add_argument("--port", required=True, type=int)
    work = parts.add_parser("work")
    work.add_argument("--queues", default="")
    prepare = parts.add_parser("prepare")
    prepare.add_argument("--migrate", action="store_true")
    prepare.add_argument("--static", action="store_true")
    prepare.add_argument("--empty", action="store_true")
    prepare.add_argument("--demo", type=int, default=0, metavar="PEOPLE")
    prepare.add_argument("--passwords", action="store_true")
    prepare.add_argument("--address", action="store_true")
    chosen = parser.parse_args()
    logging.config.dictConfig(LOGGING)
    django.setup()
    {"web": _web, "work": _work, "prepare": _prepare}[chosen.part](chosen)


def _web(chosen: argparse.Namespace) -> None:
    from kith.config.ground.web import serve  # noqa: PLC0415  (needs Django set up)

    serve(host=chosen.host, port=chosen.port)


def _work(chosen: argparse.Namespace) -> None:
    from kith.config.ground.work import work  # noqa: PLC0415  (needs Django set up)

    if not asyncio.run(work(queues=[name for name in chosen.queues.split(",") if name])):
        sys.exit(1)


def _prepare(chosen: argparse.Namespace) -> None:
    from kith.config.ground import prepare  # noqa: PLC0415  (needs Django set up)

    prepare.run(
        wants_migrate=chosen.migrate,
        wants_static=chosen.static,
        wants_empty=chosen.empty,
        demo=chosen.demo,
        wants_passwords=chosen.passwords,
        wants_address=chosen.address,
    )


if __name__ == "__main__":
    main()
