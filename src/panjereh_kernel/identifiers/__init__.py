"""Identifiers of people, places, accounts and services as values that cannot be wrong in form."""

from panjereh_kernel.identifiers.bank import InvalidSheba, Sheba, iban_check_digits
from panjereh_kernel.identifiers.base import Fault, Identifier, InvalidIdentifier
from panjereh_kernel.identifiers.contact import InvalidMobile, InvalidPostalCode, Mobile, PostalCode
from panjereh_kernel.identifiers.installation import (
    Installation,
    NumberNotOfThisInstallation,
    of_this_installation,
)
from panjereh_kernel.identifiers.people import (
    ForeignerId,
    InvalidForeignerId,
    InvalidLegalPersonId,
    InvalidNationalNumber,
    LegalPersonId,
    NationalNumber,
    legal_check_digit,
    national_check_digit,
)
from panjereh_kernel.identifiers.services import InvalidServiceIdentifier, ServiceIdentifier

__all__ = [
    "Fault",
    "ForeignerId",
    "Identifier",
    "Installation",
    "InvalidForeignerId",
    "InvalidIdentifier",
    "InvalidLegalPersonId",
    "InvalidMobile",
    "InvalidNationalNumber",
    "InvalidPostalCode",
    "InvalidServiceIdentifier",
    "InvalidSheba",
    "LegalPersonId",
    "Mobile",
    "NationalNumber",
    "NumberNotOfThisInstallation",
    "PostalCode",
    "ServiceIdentifier",
    "Sheba",
    "iban_check_digits",
    "legal_check_digit",
    "national_check_digit",
    "of_this_installation",
]
