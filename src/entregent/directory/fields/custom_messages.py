"""Error sentences about custom fields and their values."""

from django.utils.translation import gettext_lazy as _

from entregent.directory.messages import SENTENCES

SENTENCES.update(
    {
        "custom_number": _("This is not a number. Write it like 1234.5, with at most six decimals."),
        "custom_amount": _("This is not an amount. Write it like 1234.50, with at most two decimals."),
        "custom_choice": _("This is not one of the choices: %(choices)s."),
        "custom_choice_retired": _("“%(choice)s” is no longer offered. Choose another."),
        "custom_unknown": _("There is no such custom field."),
        "custom_required": _("“%(field)s” is required."),
        "field_type": _("This type of field is not known. Choose it from the list."),
        "field_type_fixed": _("The type can no longer change: the field has values (%(count)s)."),
        "field_label_taken": _("A field with this name already exists."),
        "field_label_reserved": _("Every record already has a field with this name. Choose another name."),
        "field_choices": _("Give at least one choice."),
        "field_choices_many": _("A field can have at most 200 choices."),
        "field_choice_twice": _("“%(choice)s” is given twice."),
        "field_choice_sign": _("A choice has from 1 to 80 characters and no semicolon."),
        "field_choice_used": _(
            "“%(choice)s” is used (records: %(count)s). Say which choice replaces it, or retire it."
        ),
        "field_choice_replacement": _("Choose another of the field's choices to replace it."),
        "field_approval": _(
            "Say who approved it: sensitive data may be kept only if the data protection officer agrees."
        ),
        "field_sensitive_fixed": _("This field has values: it stays sensitive."),
        "field_sensitive_searchable": _("Sensitive fields can't be searched."),
        "field_service_searchable": _(
            "Your fields are only for you, but every account searches the shared directory: they can't be searched."
        ),
        "field_sensitive_denied": _("Your role does not let you define sensitive fields."),
        "field_retired": _("This field is retired. Restore it first."),
        "fields_many": _("An account can have at most 200 custom fields in use."),
        "towards": _("Say what the contact may do with it."),
    }
)
