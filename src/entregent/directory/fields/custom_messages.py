"""Error sentences about custom fields and their values."""

from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import SENTENCES

SENTENCES.update(
    {
        "custom_number": _("This is not a number. Write it like 1234.5, with six decimals at most."),
        "custom_amount": _("This is not an amount. Write it like 1234.50, with two decimals at most."),
        "custom_choice": _("This is not one of the choices: %(choices)s."),
        "custom_choice_retired": _("“%(choice)s” is no longer offered. Choose another."),
        "custom_unknown": _("There is no such custom field."),
        "custom_required": _("“%(field)s” is required."),
        "field_type": _("This type of field is not known. Choose it from the list."),
        "field_type_fixed": _("The type can't change any more: the field has values (%(count)s)."),
        "field_label_taken": _("There is a field by this name already."),
        "field_label_reserved": _("Each record has a field by this name already. Choose another."),
        "field_choices": _("Give at least one choice."),
        "field_choices_many": _("A field has 200 choices at most."),
        "field_choice_twice": _("“%(choice)s” is given twice."),
        "field_choice_sign": _("A choice has from 1 to 80 characters and no semicolon."),
        "field_choice_used": _(
            "“%(choice)s” is used (records: %(count)s). Say which choice replaces it, or retire it."
        ),
        "field_choice_replacement": _("Choose another of the field's choices to replace it."),
        "field_approval": _(
            "Say who approved it: something sensitive is kept only if the data protection officer agrees."
        ),
        "field_sensitive_fixed": _("This field has values: it stays sensitive."),
        "field_sensitive_searchable": _("What is sensitive can't be searched."),
        "field_service_searchable": _(
            "Every account searches the shared directory, and your fields are yours alone: they can't be searched."
        ),
        "field_sensitive_denied": _("Your role does not let you define sensitive fields."),
        "field_retired": _("This field is retired. Restore it first."),
        "fields_many": _("An account has 200 custom fields in use at most."),
        "towards": _("Say what the contact may do with it."),
    }
)
