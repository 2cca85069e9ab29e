"""Lists of names in the order of the Persian alphabet, by an index, on every PostgreSQL."""

from django.db.models import BinaryField, Func


class SortKey(Func):
    """`panjereh_sort_key(text)`: the bytes of `panjereh_kernel.sorting.sort_key`, made in the database.

    `Agency.objects.order_by(SortKey("name_fa"))`, or `models.Index(SortKey("name_fa"), name=…)` where a list
    is long. Bytes have one order whatever the collation of the database; none for NULL.
    """

    function = "panjereh_sort_key"
    output_field = BinaryField()
    arity = 1
