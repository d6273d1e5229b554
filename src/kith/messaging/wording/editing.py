"""Writes of an organization's own words: one draft, made active, taken back; every version is kept."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.kernel.facts import publish
from kith.kernel.languages import tag
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.kernel.texts import Text
from kith.messaging.wording.facts import WordingChanged
from kith.messaging.wording.models import VersionState, WordingVersion
from kith.messaging.wording.queries import language_name, languages_read, missing_in
from kith.messaging.wording.shelf import WORDINGS, Wording, used_in
from kith.people.persons.models import Person

LONGEST_TITLE = 200
LONGEST_BODY = 5000


def wording_of(code: str) -> Wording:
    """Return an automatic message; `NotFound` where there is none, `Refusal` where its words are kept elsewhere."""
    if code not in WORDINGS:
        raise NotFound(_("There is no such automatic message."))
    return WORDINGS.get(code)


def _lock(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"messaging.wording:{code}"])


def check(wording: Wording, words: str, *, field: str) -> None:
    """Refuse placeholders that the message does not have, and name those it has."""
    unknown = [name for name in used_in(words) if name not in wording.placeholders]
    if not unknown:
        return
    known = ", ".join(f"{{{name}}}" for name in wording.placeholders)
    wrong = ", ".join(f"{{{name}}}" for name in unknown)
    if not known:
        sentence = _("This message has no placeholders, so %(wrong)s would stay as it is written.") % {"wrong": wrong}
    else:
        sentence = _("There is no %(wrong)s here. You can use: %(known)s") % {"wrong": wrong, "known": known}
    raise BadInput(sentence, field=field)


def _clean(wording: Wording, said: Mapping[str, str], *, part: str, most: int) -> Text:
    cleaned = Text()
    for language, words in said.items():
        kept = words.replace("\0", "").replace("\r\n", "\n").strip()
        if part == "title":
            kept = " ".join(kept.split())
        if len(kept) > most:
            raise BadInput(_("At most %d characters.") % most, field=f"{part}-{language}")
        check(wording, kept, field=f"{part}-{language}")
        if kept:
            cleaned[tag(language)] = kept
    return cleaned


def save_draft(
    *, code: str, title: Mapping[str, str], body: Mapping[str, str], by: Person, at: datetime
) -> WordingVersion:
    """Keep words as the draft of a message; a language has a title and a text, or neither.

    `BadInput` for a placeholder the message does not have, with the name of those it has.
    """
    wording = wording_of(code)
    if wording.edited_at:
        raise Refusal(_("The words of this message are written where it is made."))
    titles = _clean(wording, title, part="title", most=LONGEST_TITLE)
    bodies = _clean(wording, body, part="body", most=LONGEST_BODY)
    for language in sorted(set(titles) ^ set(bodies)):
        part = "title" if language not in titles else "body"
        raise BadInput(_("A language needs a title and a text."), field=f"{part}-{language}")
    if not titles:
        raise BadInput(_("Write the message in one language at least."), field="title-en")
    with transaction.atomic():
        _lock(code)
        draft = WordingVersion.objects.filter(code=code, state=VersionState.DRAFT).first()
        if draft is None:
            last = WordingVersion.objects.filter(code=code).aggregate(last=Max("number"))["last"] or 0
            draft = WordingVersion(code=code, number=last + 1)
        draft.title, draft.body, draft.made_at, draft.made_by_id = titles, bodies, at, by.pk
        draft.save()
    return draft


def drop_draft(*, code: str) -> None:
    """Throw the draft of a message away; nothing was sent with it."""
    WordingVersion.objects.filter(code=wording_of(code).code, state=VersionState.DRAFT).delete()


def refuse_missing(title: Text, body: Text) -> None:
    """Refuse words that leave out a language which people here read, and name it."""
    read = languages_read()
    for language in missing_in(title, body, languages=[language for language, n in read.items() if n]):
        raise Refusal(
            ngettext(
                "%(language)s is missing: %(number)d person reads it.",
                "%(language)s is missing: %(number)d people read it.",
                read[language],
            )
            % {"language": language_name(language), "number": read[language]}
        )


def activate(*, code: str, number: int, by: Person, at: datetime) -> WordingVersion:
    """Let a version be sent from now on: the draft, or an earlier one again. `Refusal` when a language is missing."""
    wording = wording_of(code)
    with transaction.atomic():
        _lock(code)
        version = WordingVersion.objects.filter(code=code, number=number).first()
        if version is None:
            raise NotFound(_("There is no such version."))
        if version.state == VersionState.ACTIVE:
            return version
        for part in (version.title, version.body):
            for language, words in part.items():
                check(wording, words, field=f"title-{language}")
        refuse_missing(version.title, version.body)
        _retire(code, at=at)
        version.state, version.activated_at, version.activated_by_id = VersionState.ACTIVE, at, by.pk
        version.retired_at = None
        version.save()
        publish(WordingChanged(code=code, number=number), at=at, by_id=by.pk)
    return version


def use_shipped(*, code: str, by: Person, at: datetime) -> None:
    """Go back to the words we ship; a second time changes nothing."""
    with transaction.atomic():
        _lock(code)
        if _retire(code, at=at):
            publish(WordingChanged(code=code, number=0), at=at, by_id=by.pk)


def _retire(code: str, *, at: datetime) -> int:
    active = WordingVersion.objects.filter(code=code, state=VersionState.ACTIVE)
    return active.update(state=VersionState.RETIRED, retired_at=at)
