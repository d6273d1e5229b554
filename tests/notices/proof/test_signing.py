import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from kith.config.cli.main import program
from kith.notices.proof.signing import signed, verify
from tests.notices import make
from tests.notices.publishing.test_notices import answer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def proof() -> tuple[bytes, Any]:
    plant = make.plant()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    client = signed_in(plant.author, "communications")
    answered = client.get(f"/desk/notices/{notice.public_id}/proof.jsonl")
    return b"".join(answered.streaming_content), client  # type: ignore[arg-type]


def test_a_proof_is_whole_and_every_changed_byte_is_found() -> None:
    whole, _client = proof()
    verdict = verify(whole.splitlines(keepends=True))
    assert (verdict.is_ours, verdict.recipients) == (True, 5)
    lines = [json.loads(each) for each in whole.splitlines()]
    assert {each["state"] for each in lines[1:-1]} == {"acknowledged", "sent"}
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert not verify(changed.splitlines(keepends=True)).is_ours, place
    for line in range(len(lines)):
        left_out = whole.splitlines(keepends=True)
        del left_out[line]
        assert not verify(left_out).is_ours
    assert not verify([whole, b"{}\n"]).is_ours


def test_what_another_installation_signed_is_not_ours_but_an_older_key_is(settings: Any) -> None:
    whole, _client = proof()
    own = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    foreign = verify(whole.splitlines(keepends=True))
    assert (foreign.is_ours, "not signed by this" in foreign.sentence) == (False, True)
    settings.SECRET_KEY_FALLBACKS = [own]
    assert verify(whole.splitlines(keepends=True)).is_ours


@pytest.mark.parametrize("nonsense", [b"", b"\n", b"{}", b"[]\n[]\n", b"\xff\xfe", b'{"format": "other"}\n{}\n'])
def test_nonsense_is_no_proof(nonsense: bytes) -> None:
    assert not verify(nonsense.splitlines(keepends=True)).is_ours
    assert not verify(signed(nonsense.splitlines(keepends=True))).is_ours


def test_the_page_and_the_command_say_the_same(tmp_path: Path) -> None:
    whole, client = proof()
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_bytes(whole)
    bad.write_bytes(whole.replace(b"acknowledged", b"acknowledgeD", 1))
    app = program(wants_models=True)
    assert CliRunner().invoke(app, ["verify", str(good)]).exit_code == 0
    refused = CliRunner().invoke(app, ["verify", str(bad)])
    assert (refused.exit_code, "was changed" in refused.output) == (1, True)
    for content, status in ((whole, 200), (bad.read_bytes(), 422), (b"x", 422)):
        given = SimpleUploadedFile("proof.jsonl", content)
        assert client.post("/desk/notices/proof/", {"proof": given}).status_code == status
    assert client.post("/desk/notices/proof/").status_code == 422
