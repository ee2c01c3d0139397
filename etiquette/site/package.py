"""Packs the folder of a site for a learning platform, which keeps progress and is told the grade."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from etiquette.practice import PASS_MARK
from etiquette.sessions import STATIC, Assets

TITLE = "Persistent or Pesky?"
DESCRIPTION = "Practise following up after a job interview without becoming a nuisance."
NAME = "persistent-or-pesky"  # the same in each version, so that a platform knows what is to be replaced
IRI = f"https://github.com/{NAME}/{NAME}"
MASTERY = f"{PASS_MARK / 100:g}"
PAGE, HEAD = "index.html", b"<head>"
COPIES = (".gz", ".br")  # of a file that is there as it is too: a platform serves that
TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold, so that the same site is the same package
READABLE = 0o644 << 16

IMS_1_2, ADL_1_2 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMS_2004, ADL_2004 = "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.adlnet.org/xsd/adlcp_v1p3"
SEQUENCING = "http://www.imsglobal.org/xsd/imsss"
CMI5 = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


class Standard(StrEnum):
    """How learning platforms and courses talk to each other. SCORM 2004 is that of its 4th edition."""

    SCORM_1_2 = "1.2"
    SCORM_2004 = "2004"
    CMI5 = "cmi5"


def write_package(folder: Path, out: Path, standard: Standard) -> None:
    """Write the site in this folder as a package: one zip file, to upload to a learning platform.

    In the package, a script that connects the page to the platform runs before the page's own.

    Raises:
        NotBuiltError: the page has not been built yet.
        OSError: the folder has no page in it, or the package cannot be written.
    """
    script = f"static/{Assets.read().platform}"
    page = (folder / PAGE).read_bytes()
    element = f'<script src="{script}" data-standard="{standard}"></script>'.encode()
    contents = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    files: dict[str, bytes | Path] = {
        name: path
        for name, path in contents.items()
        if not (name.endswith(COPIES) and name.rpartition(".")[0] in contents)
    }
    files |= {PAGE: page.replace(HEAD, HEAD + b"\n" + element, 1), script: STATIC / Assets.read().platform}
    name, describe = MANIFESTS[standard]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in ({name: _document(describe(sorted(files)))} | files).items():
            entry = zipfile.ZipInfo(path, TIMESTAMP)
            entry.create_system, entry.external_attr = 3, READABLE  # as on Unix, wherever it is written
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content.read_bytes() if isinstance(content, Path) else content)


def _scorm_1_2(files: list[str]) -> Element:
    """The manifest. It names no mastery score: a platform closes an attempt below it, and forgets what it kept."""
    manifest = Element("manifest", {"xmlns": IMS_1_2, "xmlns:adlcp": ADL_1_2, "identifier": NAME})
    _describe(manifest, "1.2")
    _organize(manifest)
    _list(manifest, files, {"adlcp:scormtype": "sco"})
    return manifest


def _scorm_2004(files: list[str]) -> Element:
    """The manifest. The learner may come back at any time, and the page says what is complete and passed."""
    namespaces = {"xmlns": IMS_2004, "xmlns:adlcp": ADL_2004, "xmlns:imsss": SEQUENCING}
    manifest = Element("manifest", namespaces | {"identifier": NAME})
    _describe(manifest, "2004 4th Edition")
    course, page = _organize(manifest)
    of_page = SubElement(page, "imsss:sequencing")
    grade = SubElement(SubElement(of_page, "imsss:objectives"), "imsss:primaryObjective")
    grade.attrib |= {"objectiveID": "grade", "satisfiedByMeasure": "true"}
    SubElement(grade, "imsss:minNormalizedMeasure").text = MASTERY
    said_by_page = {"completionSetByContent": "true", "objectiveSetByContent": "true"}
    SubElement(of_page, "imsss:deliveryControls", said_by_page)
    of_course = SubElement(course, "imsss:sequencing")
    SubElement(of_course, "imsss:controlMode", choice="true", flow="true")
    _list(manifest, files, {"adlcp:scormType": "sco"})
    return manifest


def _describe(manifest: Element, version: str) -> None:
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "ADL SCORM"
    SubElement(metadata, "schemaversion").text = version


def _organize(manifest: Element) -> tuple[Element, Element]:
    """A course of one page; returns both elements."""
    organizations = SubElement(manifest, "organizations", default="course")
    course = SubElement(organizations, "organization", identifier="course")
    SubElement(course, "title").text = TITLE
    page = SubElement(course, "item", identifier="page", identifierref="files")
    SubElement(page, "title").text = TITLE
    return course, page


def _list(manifest: Element, files: list[str], kind: dict[str, str]) -> None:
    resources = SubElement(manifest, "resources")
    resource = SubElement(resources, "resource", {"identifier": "files", "type": "webcontent", "href": PAGE} | kind)
    for name in files:
        SubElement(resource, "file", href=quote(name))


def _cmi5(_: list[str]) -> Element:
    structure = Element("courseStructure", xmlns=CMI5)
    _name(SubElement(structure, "course", id=IRI))
    page = SubElement(structure, "au", id=f"{IRI}/page", moveOn="Passed", masteryScore=MASTERY)
    _name(page)
    SubElement(page, "url").text = PAGE
    return structure


def _name(element: Element) -> None:
    for name, text in (("title", TITLE), ("description", DESCRIPTION)):
        SubElement(SubElement(element, name), "langstring", lang="en").text = text


def _document(element: Element) -> bytes:
    ElementTree.indent(element)
    document: bytes = ElementTree.tostring(element, encoding="UTF-8", xml_declaration=True)
    return document + b"\n"


MANIFESTS: dict[Standard, tuple[str, Callable[[list[str]], Element]]] = {
    Standard.SCORM_1_2: ("imsmanifest.xml", _scorm_1_2),
    Standard.SCORM_2004: ("imsmanifest.xml", _scorm_2004),
    Standard.CMI5: ("cmi5.xml", _cmi5),
}
"""For each standard, the manifest's name and what makes it of the names of all other files."""
