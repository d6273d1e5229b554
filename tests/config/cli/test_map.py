import os
import subprocess
import sys


def test_the_map_is_fresh() -> None:
    ask = "import django; django.setup(); from kith.config import atlas; print(atlas.PATH.read_text() == atlas.text())"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_DEMO")}
    told = subprocess.run([sys.executable, "-c", ask], env=clean, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True", "run `kith map`"
