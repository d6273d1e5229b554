"""What the shop manager types, made clean: names in every language, prices, stock."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kith.commerce.products.models import Category
from kith.kernel.drawings.packshot import Shape
from kith.kernel.texts import Text

SHAPES = {
    Shape.BOTTLE: gettext_lazy("Glass bottle"),
    Shape.PET: gettext_lazy("Plastic bottle"),
    Shape.CAN: gettext_lazy("Can"),
    Shape.CARTON: gettext_lazy("Carton"),
    Shape.JAR: gettext_lazy("Jar"),
    Shape.TIN: gettext_lazy("Tin"),
    Shape.KEG: gettext_lazy("Keg"),
    Shape.CUP: gettext_lazy("Cup"),
    Shape.BOX: gettext_lazy("Box"),
    Shape.POUCH: gettext_lazy("Pouch"),
    Shape.CRATE: gettext_lazy("Crate"),
    Shape.GIFT: gettext_lazy("Wrapped gift"),
    Shape.MUG: gettext_lazy("Mug"),
    Shape.SHIRT: gettext_lazy("Shirt"),
    Shape.BAG: gettext_lazy("Paper bag"),
    Shape.BOOK: gettext_lazy("Book"),
    Shape.PLANT: gettext_lazy("Potted plant"),
    Shape.HEADPHONES: gettext_lazy("Headphones"),
}
LANGUAGES = (("en", "English"), ("vi", "Tiếng Việt"), ("zh-Hans", "简体中文"))


def _key(field: str, language: str) -> str:
    return f"{field}_{language.replace('-', '_').lower()}"


class TextsForm(forms.Form):
    """A form whose `texts` are typed once a language; `text(name)` puts them together again."""

    texts: tuple[tuple[str, Any, bool], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each text and language, before the others."""
        super().__init__(*args, **kwargs)
        for name, label, is_long in self.texts:
            for tag, language in LANGUAGES:
                self.fields[_key(name, tag)] = forms.CharField(
                    label=f"{label} ({language})",
                    required=False,
                    max_length=4000 if is_long else 200,
                    widget=forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput(),
                )
        self.order_fields([_key(name, tag) for name, _label, _long in self.texts for tag, _language in LANGUAGES])

    def text(self, name: str) -> Text:
        """Return a text by language."""
        given = {tag: self.cleaned_data.get(_key(name, tag), "").strip() for tag, _language in LANGUAGES}
        return Text({tag: words for tag, words in given.items() if words})

    @classmethod
    def initial_of(cls, name: str, text: Text) -> dict[str, str]:
        """Return a text's words for the fields of the form."""
        return {_key(name, tag): text.get(tag, "") for tag, _language in LANGUAGES}

    def clean(self) -> dict[str, Any]:
        """Ask for a first text in at least one language."""
        cleaned = super().clean() or {}
        if self.texts and not any(cleaned.get(_key(self.texts[0][0], tag)) for tag, _language in LANGUAGES):
            raise forms.ValidationError(_("Write the name in at least one language."))
        return cleaned


class CategoryField(forms.ModelChoiceField[Category]):
    """A choice of categories by their names."""

    def label_from_instance(self, obj: Category) -> str:
        """Return the category's name in the reader's language."""
        name: str = obj.name.in_language(get_language() or "en")
        return name


class ProductForm(TextsForm):
    """A product of a store: texts, category, tax, picture, what it takes from a quota."""

    texts = (("name", gettext_lazy("Name"), False), ("description", gettext_lazy("Description"), True))
    sku = forms.CharField(label=gettext_lazy("Article number (SKU)"), max_length=64)
    gtin = forms.CharField(label=gettext_lazy("GTIN"), max_length=14, required=False)
    category = CategoryField(label=gettext_lazy("Category"), queryset=Category.objects.order_by("slug"))
    tax_code = forms.SlugField(label=gettext_lazy("Tax code"), max_length=20, initial="standard")
    quota_units = forms.IntegerField(
        label=gettext_lazy("Units a piece takes from a quota"), min_value=0, max_value=1000, initial=1
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("Drawn as"), choices=[(shape.value, label) for shape, label in SHAPES.items()], initial="box"
    )
    is_active = forms.BooleanField(label=gettext_lazy("On sale"), required=False, initial=True)


class PriceForm(forms.Form):
    """A price of a product in a list of the store, from a quantity; an empty amount takes it away."""

    price_list = forms.ChoiceField(label=gettext_lazy("Price list"))
    min_quantity = forms.IntegerField(label=gettext_lazy("From quantity"), min_value=1, max_value=100_000, initial=1)
    amount = forms.DecimalField(
        label=gettext_lazy("Price of one piece, tax included"),
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=4,
        required=False,
    )


class StockForm(forms.Form):
    """Goods that came in, or a count."""

    what = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[("receive", gettext_lazy("Goods came in")), ("count", gettext_lazy("We counted"))],
    )
    quantity = forms.IntegerField(label=gettext_lazy("Quantity"), min_value=0, max_value=10**9)
