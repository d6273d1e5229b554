"""Imports on screen: for those who bring data in."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.imports.actions import kind_called
from kith.kernel.imports.kinds import KINDS, ImportKind
from kith.kernel.imports.models import BatchState, ImportBatch
from kith.kernel.imports.templates import template_csv
from kith.kernel.imports.undoing import undo as undo_batch
from kith.kernel.refusals import BadInput, NotFound
from kith.people.persons.queries import names
from kith.portal.imports import actions, background, files
from kith.portal.imports.forms import Choice, UploadForm, choices, label_of, read_choices
from kith.portal.imports.queries import batch_for, visible_to
from kith.portal.imports.rules import ROLES, importable, may_import_kind
from kith.portal.shell.render import page

importers = has_role(*ROLES)
SHOWN = 50


def _kind(request: PersonRequest, name: str) -> ImportKind:
    if name not in KINDS or not may_import_kind(request.roles, KINDS.get(name)):
        raise NotFound(_("There is no such kind of import."))
    return kind_called(name)


def _back(batch: ImportBatch) -> HttpResponse:
    return HttpResponseRedirect(f"/admin/imports/{batch.public_id}/", status=303)


@allow(importers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """Show what can be imported and what was."""
    return _listing(request, UploadForm(kinds=importable(request.roles)))


def _listing(request: PersonRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    batches = list(visible_to(request.roles)[:SHOWN])
    known = names(ids={batch.by_id for batch in batches if batch.by_id})
    rows = [
        {"batch": batch, "label": KINDS.get(batch.kind).label, "by": known.get(batch.by_id or 0, "")}
        for batch in batches
    ]
    context = {"form": form, "kinds": importable(request.roles), "rows": rows}
    return page(request, "portal/imports/list.html", context, status=status)


@allow(importers)
@require_POST
def upload(request: PersonRequest) -> HttpResponse:
    """Keep an uploaded file and go on to its columns."""
    form = UploadForm(request.POST, request.FILES, kinds=importable(request.roles))
    if form.is_valid():
        kind = _kind(request, form.cleaned_data["kind"])
        try:
            batch = actions.upload(
                kind=kind, uploaded=form.cleaned_data["file"], at=clock.now(), by_id=request.person.pk
            )
        except BadInput as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return _back(batch)
    return _listing(request, form, status=422)


@allow(importers, guards="import")
@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Show a batch: its columns and preview before, what came of it after."""
    batch = batch_for(request.roles, public_id)
    return _one(request, batch)


def _one(
    request: PersonRequest, batch: ImportBatch, *, filled: Sequence[Choice] = (), status: int = 200
) -> HttpResponse:
    kind = KINDS.get(batch.kind)
    context: dict[str, object] = {"batch": batch, "kind": kind, "state": batch.state, "columns": (), "choices": ()}
    if batch.state in {BatchState.UPLOADED, BatchState.FAILED}:
        try:
            columns, chosen = actions.columns_of(batch)
        except BadInput as refusal:
            batch.problem = refusal.sentence
        else:
            options = [(column, f"{column} ({sample})" if sample else column) for column, sample in columns.items()]
            context["columns"] = [("", _("(no column)")), *options]
            context["choices"] = filled or choices(kind, chosen)
    context["labels"] = {field.name: label_of(field) for field in kind.fields}
    context["has_rejects"] = files.rejects_path(batch).is_file()
    return page(request, "portal/imports/one.html", context, status=status)


@allow(importers, guards="import")
@require_POST
def preview(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take the columns that were chosen and show what would come of it."""
    batch = batch_for(request.roles, public_id)
    columns, _chosen = actions.columns_of(batch)
    chosen, filled = read_choices(KINDS.get(batch.kind), request.POST.dict(), list(columns))
    if any(choice.error for choice in filled):
        return _one(request, batch, filled=filled, status=422)
    actions.ask_preview(
        batch=batch, columns=chosen, at=clock.now(), later=lambda key: background.preview_import.defer(batch_id=key)
    )
    return _back(batch)


@allow(importers, guards="import")
@require_POST
def commit(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take over the good rows."""
    batch = batch_for(request.roles, public_id)
    done = actions.ask_commit(
        batch=batch, at=clock.now(), later=lambda key: background.commit_import.defer(batch_id=key)
    )
    if done.state == BatchState.COMMITTED:
        messages.success(request, _("The import is done."))
    return _back(batch)


@allow(importers, guards="import")
@require_POST
def undo(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Undo a batch."""
    batch = batch_for(request.roles, public_id)
    undone = undo_batch(batch=batch, at=clock.now(), by_id=request.person.pk)
    sentence = _("Undone: %(deleted)s rows deleted, %(restored)s as before, %(kept)s kept because they are in use.")
    messages.success(request, sentence % {"deleted": undone.deleted, "restored": undone.restored, "kept": undone.kept})
    return _back(batch)


@allow(importers, guards="import")
@require_POST
def discard(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Throw an uploaded file away."""
    actions.discard(batch=batch_for(request.roles, public_id))
    messages.success(request, _("The file was deleted; nothing was imported."))
    return HttpResponseRedirect("/admin/imports/", status=303)


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@allow(importers, guards="import")
@require_safe
def rejects(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Hand out the rejects file of a batch."""
    path = files.rejects_path(batch_for(request.roles, public_id))
    if not path.is_file():
        raise NotFound(_("There is no rejects file (any more)."))
    return _download(path.read_bytes(), "rejects.csv")


@allow(importers)
@require_safe
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """Hand out the template file of a kind."""
    found = _kind(request, kind)
    return _download(template_csv(found), f"{found.name}.csv")
