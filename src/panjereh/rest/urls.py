"""Every address for programs. What stands here is described by its operations, and the reverse."""

from django.urls import path

from panjereh.rest import self_description
from panjereh.rest.assessments import endpoints as assessments
from panjereh.rest.document_checks import endpoints as checks
from panjereh.rest.figures import endpoints as figures
from panjereh.rest.frame import answers
from panjereh.rest.indices import endpoints as indices
from panjereh.rest.indices import scenarios
from panjereh.rest.me import endpoints as me
from panjereh.rest.services import endpoints as services

urlpatterns = [
    path("openapi.json", answers(GET=self_description.openapi), name="openapi"),
    path("services", answers(GET=services.services), name="services"),
    path("service-search", answers(GET=services.search), name="service_search"),
    path("services/<str:service_id>", answers(GET=services.service), name="service"),
    path("figures", answers(GET=figures.definitions), name="figures"),
    path("figures/<str:figure_id>", answers(GET=figures.figure), name="figure"),
    path("figures/<str:figure_id>/events", answers(GET=figures.events), name="figure_events"),
    path("indices", answers(GET=indices.editions), name="indices"),
    # before the editions: no index has this name
    path("indices/scenarios/<str:code>", answers(GET=scenarios.scenario), name="index_scenario"),
    path(
        "indices/scenarios/<str:code>/table.csv",
        answers(GET=scenarios.table),
        name="index_scenario_table",
    ),
    path("indices/<str:index>/<str:edition>", answers(GET=indices.edition), name="index_edition"),
    path("indices/<str:index>/<str:edition>/values.csv", answers(GET=indices.values), name="index_values"),
    path(
        "indices/<str:index>/<str:edition>/edition.json",
        answers(GET=indices.edition_file),
        name="index_edition_file",
    ),
    path(
        "indices/<str:index>/<str:edition>/checks/<str:country>",
        answers(GET=indices.check),
        name="index_check",
    ),
    path("index-series/<str:index>/<str:country>", answers(GET=indices.series), name="index_series"),
    path("index-files/indices/<str:index>/values.csv", answers(GET=indices.index_file), name="index_file"),
    path("index-files/raw-indicators.csv", answers(GET=indices.raw_file), name="index_raw_file"),
    path(
        "index-files/questions/<str:question_set>/questions.csv",
        answers(GET=indices.questions_file),
        name="index_questions_file",
    ),
    path("index-targets", answers(GET=indices.targets), name="index_targets"),
    path("index-catalogue.jsonld", answers(GET=indices.catalogue), name="index_catalogue"),
    path("index-assessments", answers(GET=assessments.assessments), name="index_assessments"),
    path(
        "index-assessments/<uuid:assessment_id>",
        answers(GET=assessments.assessment),
        name="index_assessment",
    ),
    path("document-checks", answers(POST=checks.check), name="document_checks"),
    path("document-check-receipts", answers(POST=checks.request_receipt), name="document_check_receipts"),
    path(
        "document-check-receipts/<str:reference>",
        answers(GET=checks.receipt),
        name="document_check_receipt",
    ),
    path(
        "document-check-receipts/<str:reference>/file",
        answers(GET=checks.receipt_file),
        name="document_check_receipt_file",
    ),
    path("me/cases", answers(GET=me.cases), name="my_cases"),
    path("me/cases/<uuid:case_id>", answers(GET=me.case), name="my_case"),
    path("me/cases/<uuid:case_id>/withdrawal", answers(POST=me.withdraw), name="my_case_withdrawal"),
    path("me/documents", answers(GET=me.own_documents), name="my_documents"),
    path("me/documents/<uuid:document_id>", answers(GET=me.document), name="my_document"),
    path("me/documents/<uuid:document_id>/file", answers(GET=me.document_file), name="my_document_file"),
    path("me/accesses", answers(GET=me.accesses), name="my_accesses"),
]
