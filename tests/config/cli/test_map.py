from kith.config import atlas


def test_the_map_is_fresh() -> None:
    assert atlas.PATH.read_text() == atlas.text()
