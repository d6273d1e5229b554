"""The desk where news are written and released."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.access.policies import allow, has_role
from kith.access.requests import PersonRequest
from kith.content.news import actions, queries
from kith.content.news.forms import LANGUAGE_LABELS, NewsForm, initial
from kith.content.news.models import News
from kith.kernel import clock
from kith.kernel.refusals import NotFound, Refusal
from kith.people.segments.queries import count, describe
from kith.portal.shell.render import page

writers = has_role("communications", "administrator")
SHOWN = 50


def _news(request: PersonRequest, public_id: UUID) -> News:
    found = queries.written(roles=request.roles).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such news."))
    return found


def _go(news: News) -> HttpResponse:
    return HttpResponseRedirect(reverse("news-edit", args=[news.public_id]))


@allow(writers)
@require_safe
def listing(request: PersonRequest) -> HttpResponse:
    """List all news, newest first."""
    rows = list(queries.written(roles=request.roles)[:SHOWN])
    titles = queries.titles(rows)
    return page(request, "content/news/desk.html", {"rows": [(row, titles[row.pk]) for row in rows]})


@allow(writers)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write news."""
    return _write(request, None)


@allow(writers, guards="news")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Go on writing, or write the next version of what is released."""
    return _write(request, _news(request, public_id))


def _write(request: PersonRequest, news: News | None) -> HttpResponse:
    form = NewsForm(request.POST or None, initial=initial(news) if news else None)
    at = clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.write(
                author=request.person, title=form.text("title"), body=form.text("body"),
                segment=form.cleaned_data["segment"], at=at, news=news,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Kept. Nobody reads it before it is released."))
            return _go(kept)
    context: dict[str, object] = {"form": form, "news": news}
    if news is not None:
        missing = [LANGUAGE_LABELS.get(tag, tag) for tag in queries.missing_languages(news)]
        context |= {
            "draft": queries.has_draft(news),
            "missing": ", ".join(missing),
            "audience": describe(rule=news.segment.rule),
            "number": count(rule=news.segment.rule, day=at.date()),
        }
    status = 422 if form.errors else 200
    return page(request, "content/news/write.html", context, status=status)


@allow(writers, guards="news")
@require_POST
def release(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Release what is written."""
    news = actions.release(news=_news(request, public_id), by=request.person, at=clock.now())
    messages.success(request, _("Released."))
    return _go(news)


@allow(writers, guards="news")
@require_POST
def withdraw(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take released news back."""
    actions.withdraw(news=_news(request, public_id), by=request.person, at=clock.now())
    messages.success(request, _("Withdrawn."))
    return HttpResponseRedirect(reverse("news-desk"))
