"""A package for a learning platform: a manifest that its schema allows, every file once, and the platform's script."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from xmlschema import XMLSchema

from etiquette.practice import PASS_MARK
from etiquette.sessions import STATIC, Assets
from etiquette.site import Standard, write_package
from etiquette.site.package import ADL_1_2, CMI5, IMS_1_2, IMS_2004, SEQUENCING

SCHEMAS = {
    Standard.SCORM_1_2: ("scorm-1.2/imscp_rootv1p1p2.xsd", "scorm-1.2/adlcp_rootv1p2.xsd"),
    Standard.SCORM_2004: ("scorm-2004/imscp_v1p1.xsd", "scorm-2004/adlcp_v1p3.xsd", "scorm-2004/imsss_v1p0.xsd"),
    Standard.CMI5: ("cmi5/CourseStructure.xsd",),
}
MANIFESTS = {Standard.CMI5: "cmi5.xml"}
PAGE = '<!doctype html>\n<html lang="en">\n<head>\n<script src="static/early-1.js"></script>\n</head>\n</html>\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder like that of a site."""
    folder = tmp_path / "site"
    for name in ("index.html.gz", "static/early-1.js", "static/early-1.js.gz", "static/python-2.wasm.gz", "a b.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "index.html").write_text(PAGE)
    return folder


def packed(site: Path, standard: Standard) -> zipfile.ZipFile:
    """The package of this site."""
    write_package(site, out := site.with_name(f"{standard}.zip"), standard)
    return zipfile.ZipFile(out)


def manifest(site: Path, standard: Standard) -> Element:
    """The manifest in the package of this site."""
    return ElementTree.fromstring(packed(site, standard).read(MANIFESTS.get(standard, "imsmanifest.xml")))


@pytest.mark.parametrize("standard", Standard)
def test_the_manifest_is_as_the_schema_of_its_standard_has_it(site: Path, standard: Standard) -> None:
    folder = Path(__file__).parent / "schemas"
    schema = XMLSchema([str(folder / name) for name in SCHEMAS[standard]])
    schema.validate(manifest(site, standard))


@pytest.mark.parametrize("standard", Standard)
def test_a_package_holds_the_site_without_packed_copies_and_the_platforms_script_before_all_others(
    site: Path, standard: Standard
) -> None:
    package, script = packed(site, standard), f"static/{Assets.read().platform}"
    described = MANIFESTS.get(standard, "imsmanifest.xml")
    files = {"index.html", "static/early-1.js", "static/python-2.wasm.gz", "a b.txt", script, described}
    assert sorted(package.namelist()) == sorted(files)
    assert package.read(script) == (STATIC / Assets.read().platform).read_bytes()
    page = package.read("index.html").decode()
    assert f'<head>\n<script src="{script}" data-standard="{standard}"></script>\n<script src="static/early-' in page
    assert (site / "index.html").read_text() == PAGE


@pytest.mark.parametrize(("standard", "namespace"), [(Standard.SCORM_1_2, IMS_1_2), (Standard.SCORM_2004, IMS_2004)])
def test_a_scorm_manifest_lists_every_file(site: Path, standard: Standard, namespace: str) -> None:
    listed = [element.attrib["href"] for element in manifest(site, standard).iter(f"{{{namespace}}}file")]
    files = {*packed(site, standard).namelist(), "a%20b.txt"} - {"imsmanifest.xml", "a b.txt"}
    assert sorted(listed) == sorted(files)


def test_the_pass_mark_is_in_the_manifest_where_it_closes_no_attempt(site: Path) -> None:
    """A platform that knows the mark in SCORM 1.2 calls a lower grade the end, and what was kept is gone."""
    assert manifest(site, Standard.SCORM_1_2).find(f".//{{{ADL_1_2}}}masteryscore") is None
    measure = manifest(site, Standard.SCORM_2004).find(f".//{{{SEQUENCING}}}minNormalizedMeasure")
    unit = manifest(site, Standard.CMI5).find(f"{{{CMI5}}}au")
    assert measure is not None
    assert unit is not None
    assert float(measure.text or "") == float(unit.attrib["masteryScore"]) == PASS_MARK / 100


@pytest.mark.parametrize("standard", Standard)
def test_the_same_site_is_the_same_package(site: Path, standard: Standard) -> None:
    write_package(site, site.with_name("one.zip"), standard)
    write_package(site, site.with_name("two.zip"), standard)
    assert site.with_name("one.zip").read_bytes() == site.with_name("two.zip").read_bytes()
