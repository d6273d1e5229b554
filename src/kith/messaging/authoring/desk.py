"""Automatic messages in the administration: a list, the words of one, its versions, a preview as a real person."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.looks.actions import looked
from kith.access.looks.models import What
from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.messaging.authoring import forms
from kith.messaging.authoring.previewing import Preview, preview
from kith.messaging.authoring.rules import EDITORS
from kith.messaging.consents.queries import CLASSES
from kith.messaging.outbox.rules import SANDBOX
from kith.messaging.reaching.people import found_people, person_of
from kith.messaging.wording import editing, queries
from kith.messaging.wording.models import VersionState, WordingVersion
from kith.messaging.wording.shelf import WORDINGS, Wording
from kith.people.persons.models import Person
from kith.people.persons.queries import names
from kith.portal.shell.render import page

UNPROCESSABLE = 422
editors = has_role(*EDITORS)


@allow(editors)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List every automatic message: when it goes out, its class, where it comes from, whose words are in force."""
    own, sent = queries.own_versions(), queries.sent_by_code()
    read = [language for language, number in queries.languages_read().items() if number]
    rows = []
    for code, wording in WORDINGS.items():
        active = own.get((code, VersionState.ACTIVE.value))
        title, body = (active.title, active.body) if active else (wording.title, wording.body)
        missing = [] if wording.edited_at else queries.missing_in(title, body, languages=read)
        draft = (code, VersionState.DRAFT.value) in own
        rows.append((wording, active, draft, missing, sent.get(code, 0)))
    return page(
        request,
        "messaging/authoring/listing.html",
        {"rows": rows, "classes": CLASSES, "name_of": queries.language_name},
    )


def _shown(request: PersonRequest, code: str, *, errors: Mapping[str, str] | None = None) -> HttpResponse:
    wording = editing.wording_of(code)
    words = queries.words_of(code=code)
    versions = list(queries.versions(code=code))
    draft = next((row for row in versions if row.state == VersionState.DRAFT), None)
    if errors is not None:
        title, body = forms.typed(request.POST)
    else:
        title, body = forms.words((draft or words).title), forms.words((draft or words).body)
    read = [language for language, number in queries.languages_read().items() if number]
    context = {
        "wording": wording,
        "words": words,
        "draft": draft,
        "fields": forms.fields(title, body, errors=errors),
        "errors": errors or {},
        "versions": versions,
        "makers": names(ids={row.made_by_id for row in versions if row.made_by_id is not None}),
        "sent": queries.sent_by_version(code=code),
        "classes": CLASSES,
        "missing": [queries.language_name(each) for each in _missing(draft, words, read)],
        "states": {
            "draft": (_("Draft"), "info"),
            "active": (_("In force"), "ok"),
            "retired": (_("Earlier"), "neutral"),
        },
    }
    return page(request, "messaging/authoring/one.html", context, status=UNPROCESSABLE if errors else 200)


def _missing(draft: WordingVersion | None, words: queries.Words, read: list[str]) -> list[str]:
    said = draft or words
    return queries.missing_in(said.title, said.body, languages=read)


@allow(editors)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, code: str) -> HttpResponse:
    """Show the words of a message and its versions; a POST keeps a draft."""
    if request.method != "POST":
        return _shown(request, code)
    title, body = forms.typed(request.POST)
    try:
        editing.save_draft(code=code, title=title, body=body, by=request.person, at=clock.now())
    except BadInput as refusal:
        return _shown(request, code, errors={refusal.field: refusal.sentence})
    messages.success(request, _("The draft is kept. Look at it as somebody would get it, then let it be sent."))
    return _back(code)


def _back(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("wording", args=[code]))


def _number(request: PersonRequest) -> int:
    number = whole(request.POST.get("number", ""), digits=8)
    if number is None:
        raise NotFound(_("There is no such version."))
    return number


@allow(editors)
@require_POST
def activate(request: PersonRequest, code: str) -> HttpResponse:
    """Let a version be sent from now on; 0 goes back to the words we ship."""
    number = _number(request)
    try:
        if number == 0:
            editing.use_shipped(code=code, by=request.person, at=clock.now())
        else:
            editing.activate(code=code, number=number, by=request.person, at=clock.now())
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("From now on these words are sent."))
    return _back(code)


@allow(editors)
@require_POST
def drop(request: PersonRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    del request
    editing.drop_draft(code=code)
    return _back(code)


def _version(code: str, number: str) -> queries.Words:
    """Return the words of a version, the ones in force where none is named."""
    if not number:
        return queries.words_of(code=code)
    if number == "0":
        shipped = WORDINGS.get(code)
        return queries.Words(shipped.title, shipped.body, 0)
    row = queries.versions(code=code).filter(number=whole(number, digits=8) or 0).first()
    if row is None:
        raise NotFound(_("There is no such version."))
    return queries.Words(row.title, row.body, row.number)


def _previewed(request: PersonRequest, wording: Wording) -> tuple[Person, queries.Words, Preview]:
    words = _version(wording.code, request.GET.get("version", ""))
    at = clock.now()
    given = request.GET.get("person", "")
    person = person_of(given) if given else request.person
    looked(person_ids=[person.pk], by_id=request.person.pk, what=What.PREVIEW, at=at)
    return person, words, preview(wording, title=words.title, body=words.body, person=person, at=at)


@allow(editors)
@require_safe
def previewed(request: PersonRequest, code: str) -> HttpResponse:
    """Show a message as a person would get it; without a person as oneself would, with a search for somebody else."""
    wording = editing.wording_of(code)
    person, words, made = _previewed(request, wording)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    version = request.GET.get("version", "")
    context = {
        "wording": wording,
        "words": words,
        "person": person,
        "made": made,
        "asked": asked,
        "found": [(each, _query(version=version, person=each.public_id)) for each in found_people(asked)],
        "version": version,
        "frame_query": _query(version=version, person=person.public_id),
        "language": queries.language_name(made.text.language),
        "missing": queries.missing_in(words.title, words.body, languages=[person.language]),
    }
    return page(request, "messaging/authoring/preview.html", context)


def _query(*, version: str, person: UUID) -> str:
    return "?" + urlencode(
        {name: str(value) for name, value in {"version": version, "person": person}.items() if value}
    )


@allow(editors)
@require_safe
def as_html(request: PersonRequest, code: str) -> HttpResponse:
    """Show the previewed mail as a mail program does, in a document that can do nothing."""
    _person, _words, made = _previewed(request, editing.wording_of(code))
    answer = HttpResponse(made.mail.html)
    answer["Content-Security-Policy"] = SANDBOX
    return answer
