"""The components: strict, escaped, accessible by construction, and all of them on the cheat sheet."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.utils import translation
from jinja2 import Environment, UndefinedError
from jinja2.runtime import Macro

from kith.portal.shell.current import answering

CHECKOUT = Path(__file__).resolve().parents[3]
EVIL = '<script>alert("1")</script>\'"><img src=x onerror=alert(1)>'
NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


def render(env: Environment, source: str, **context: Any) -> str:
    with translation.override("en"):
        return env.from_string(source).render(context)


def macros(env: Environment) -> dict[str, Macro]:
    return {name: macro for name, macro in vars(env.globals["ui"]).items() if isinstance(macro, Macro)}


def test_every_component_refuses_a_parameter_it_does_not_know(env: Environment) -> None:
    found = macros(env)
    assert len(found) > 50
    for macro in found.values():
        given = ["x"] * sum(1 for _ in macro.arguments)
        with pytest.raises(TypeError):
            macro(*given, colour="red")
        with pytest.raises(TypeError, match=r"too many|takes"):
            macro(*given, "one more")


def test_functions_among_the_components_are_as_strict(env: Environment) -> None:
    for source in ('{{ ui.icon("bell", colour="red") }}', '{{ ui.column("Name", colour="red") }}'):
        with pytest.raises(TypeError):
            render(env, source)


def test_a_variable_that_does_not_exist_is_an_error(env: Environment) -> None:
    with pytest.raises(UndefinedError):
        render(env, "{{ nobody }}")
    with pytest.raises(UndefinedError):
        render(env, "{{ ui.nothing('x') }}")


def test_an_icon_nobody_declared_is_an_error_that_says_what_to_do(env: Environment) -> None:
    with pytest.raises(LookupError, match=r"frontend/icons\.txt"):
        render(env, '{{ ui.icon("unicorn") }}')


def test_the_icons_are_exactly_those_declared(env: Environment) -> None:
    from kith.portal.shell.jinja import _ICONS  # noqa: PLC0415

    declared = (CHECKOUT / "frontend" / "icons.txt").read_text().split()
    assert sorted(_ICONS) == sorted(declared)
    assert len(declared) == len(set(declared))


def test_the_cheat_sheet_names_every_component_with_every_parameter(env: Environment) -> None:
    sheet = (CHECKOUT / "docs" / "components.md").read_text()
    missing = []
    for name, macro in macros(env).items():
        row = next((line for line in sheet.splitlines() if f"`ui.{name}(" in line), "")
        signature = re.search(rf"`ui\.{name}\(([^`]*)\)`", row)
        words = signature.group(1) if signature else ""
        if not row:
            missing.append(name)
        missing += [f"{name}.{argument}" for argument in macro.arguments if not re.search(rf"\b{argument}\b", words)]
    assert missing == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.badge(evil) }}", "{{ ui.notice(evil, title=evil) }}", "{{ ui.button(evil, value=evil, confirm=evil) }}",
        "{{ ui.link(evil, '/x/') }}", "{{ ui.avatar(evil) }}", "{{ ui.person(evil, text=evil) }}",
        "{{ ui.header(evil, lead=evil, kicker=evil) }}", "{{ ui.card(evil, kicker=evil, why=evil) }}",
        "{{ ui.tile(evil, '/x/', text=evil, meta=evil, badge=evil) }}", "{{ ui.item(evil, text=evil, meta=evil) }}",
        "{{ ui.stat(evil, evil, hint=evil) }}", "{{ ui.pair(evil, value=evil) }}", "{{ ui.event(evil, who=evil) }}",
        "{{ ui.empty(evil, text=evil) }}", "{{ ui.input(evil, evil, value=evil, help=evil, error=evil) }}",
        "{{ ui.textarea('t', evil, value=evil) }}", "{{ ui.select('s', evil, [(evil, evil)], value=evil) }}",
        "{{ ui.radios('r', evil, [(evil, evil, evil)]) }}", "{{ ui.checkbox('c', evil, help=evil) }}",
        "{{ ui.act(evil, '/x/', fields={evil: evil}, confirm=evil) }}", "{{ ui.hidden(evil, evil) }}",
        "{{ ui.th(evil, text=evil) }}", "{{ ui.td(evil, label=evil) }}", "{{ ui.icon('bell', label=evil) }}",
        "{{ ui.search(value=evil, placeholder=evil) }}", "{{ ui.progress(1, label=evil, text=evil) }}",
        "{{ ui.bars(evil, [(evil, 1, evil)], unit=evil) }}", "{{ ui.line(evil, [(evil, 1)], unit=evil) }}",
        "{{ ui.steps([evil], 0) }}", "{{ ui.tabs([('a', evil, '/x/', evil)], 'a') }}", "{{ ui.picture('/x.png', evil) }}",
        "{% call ui.message(evil, now) %}{{ evil }}{% endcall %}",
        "{{ _('Goal: %(goal)s', goal=evil) }}",
    ],
)  # fmt: skip
def test_words_of_people_never_become_markup(env: Environment, source: str) -> None:
    shown = render(env, source, evil=EVIL, now=NOW)
    assert "<script" not in shown
    assert "<img src=x" not in shown
    assert 'alert("' not in shown  # a quotation mark of the words would end an attribute


def test_the_control_of_this_test_sees_an_unescaped_word(env: Environment) -> None:
    assert "<script" in render(env, "{{ evil|safe }}", evil=EVIL)


class LeaveForm(forms.Form):
    """A form with a required field, help, a choice and a switch."""

    reason = forms.CharField(label="Reason", help_text="One line", max_length=10)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Annual"), ("s", "Sick")], widget=forms.RadioSelect)
    urgent = forms.BooleanField(label="Urgent", required=False)


def test_a_field_keeps_what_was_typed_and_is_described_by_its_error_and_help(env: Environment) -> None:
    form = LeaveForm({"reason": "far too long for this field", "kind": "a"})
    shown = render(env, "{{ ui.field(form['reason']) }}", form=form)
    assert 'value="far too long for this field"' in shown
    assert 'aria-describedby="id_reason-error id_reason-help"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_reason-error"' in shown
    assert 'id="id_reason-help">One line<' in shown
    assert 'for="id_reason"' in shown
    assert "optional" not in shown


def test_a_choice_of_few_is_a_group_with_its_legend(env: Environment) -> None:
    shown = render(env, "{{ ui.field(form['kind']) }}", form=LeaveForm({"reason": "x", "kind": ""}))
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Kind", shown)
    assert shown.count('type="radio"') == 2
    assert shown.count('aria-describedby="id_kind-error"') == 2
    assert 'id="id_kind-error"' in shown


def test_a_switch_has_its_label_behind(env: Environment) -> None:
    shown = render(env, "{{ ui.field(form['urgent']) }}", form=LeaveForm())
    assert re.search(r'<label[^>]*for="id_urgent"><input[^>]*type="checkbox"[^>]*>', shown)


def test_the_summary_names_each_wrong_field_once_and_links_to_it(env: Environment) -> None:
    shown = render(env, "{{ ui.errors(form) }}", form=LeaveForm({"reason": "", "kind": "x"}))
    assert re.findall(r'<a href="(#[^"]+)">([^<]+)</a>', shown) == [("#id_reason", "Reason"), ("#id_kind", "Kind")]
    assert 'role="alert"' in shown
    assert render(env, "{{ ui.errors(form) }}", form=LeaveForm({"reason": "x", "kind": "a"})).strip() == ""


def test_an_action_posts_with_a_token_and_without_javascript(env: Environment, asking: Any) -> None:
    source = "{{ ui.act('Approve', '/leave/7/approve/', fields={'seen': 3}, target='#card-7') }}"
    with answering(asking()):
        shown = render(env, source)
    assert 'method="post" action="/leave/7/approve/"' in shown
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', shown)
    assert 'hx-post="/leave/7/approve/" hx-target="#card-7" hx-swap="outerHTML"' in shown
    assert 'name="seen" value="3"' in shown
    assert "hx-" not in render(env, "{{ ui.act('Approve', '/x/') }}")


def test_a_form_that_reads_carries_no_token(env: Environment, asking: Any) -> None:
    with answering(asking()):
        assert "csrf" not in render(env, "{% call ui.form(method='get') %}x{% endcall %}")
        assert "csrf" in render(env, "{% call ui.form() %}x{% endcall %}")


def test_an_empty_table_says_what_will_be_here_and_offers_the_first_step(env: Environment) -> None:
    source = """{% call ui.table("Bills", ["Bill"], count=rows|length, empty_title="No bills yet", empty_url="/store/",
                empty_action="Visit the store") %}{% for row in rows %}{% call ui.tr() %}{{ ui.th(row) }}{% endcall %}
                {% endfor %}{% endcall %}"""
    empty = render(env, source, rows=[])
    assert "<table" not in empty
    assert "No bills yet" in empty
    assert 'href="/store/"' in empty
    full = render(env, source, rows=["A-1"])
    assert re.search(r'<th scope="row"[^>]*>A-1</th>', full)
    assert "<caption" in full


def test_a_sorted_column_says_so(env: Environment) -> None:
    source = """{% call ui.table("Bills", [_("Bill"), ui.column("Due", sort_url="?sort=due", sorted="descending")]) %}
                {% call ui.tr() %}{{ ui.td("x", label="Bill") }}{% endcall %}{% endcall %}"""
    shown = render(env, source)
    assert re.search(r'aria-sort="descending"><a href="\?sort=due">Due', shown)
    assert shown.count("columnheader") == 2
    assert 'data-label="Bill"' in shown


def test_a_state_has_a_word_and_an_icon_in_every_tone(env: Environment) -> None:
    for tone in ("neutral", "info", "ok", "due", "danger", "gold"):
        shown = render(env, "{{ ui.badge('kept', tone=tone) }}", tone=tone)
        assert "<svg" in shown
        assert "kept" in shown


def test_an_unknown_tone_or_size_is_an_error(env: Environment) -> None:
    with pytest.raises((UndefinedError, KeyError, LookupError)):
        render(env, "{{ ui.badge('x', tone='purple') }}")
    with pytest.raises(KeyError):
        render(env, "{{ ui.icon('bell', size='huge') }}")


def test_a_due_time_is_told_in_words_with_the_instant_behind(env: Environment) -> None:
    shown = render(env, "{{ ui.due(at, now) }}", at=NOW + timedelta(hours=1), now=NOW)
    assert 'datetime="2026-11-26T07:00:00+00:00">due today, 07:00</time>' in shown


def test_stars_are_read_aloud_as_words(env: Environment) -> None:
    shown = render(env, "{{ ui.stars(3.6) }}")
    assert 'aria-label="3.6 of 5 stars"' in shown
    assert shown.count("k-star-on") == 4


def test_a_chart_has_its_table_behind(env: Environment) -> None:
    shown = render(env, "{{ ui.line('Kept', [('w1', 80), ('w2', 90)], unit='%', goal=95) }}")
    assert re.findall(r'<th scope="row">(\w+)</th><td[^>]*>([^<]+)</td>', shown) == [("w1", "80 %"), ("w2", "90 %")]
