"""Sites and quarters of Syria that the war was about: what reports write, and which place it is."""

from __future__ import annotations

import pytest

from syriamap.names.gazetteer import Gazetteer
from syriamap.theater.shipped import default_folder

pytestmark = pytest.mark.skipif(
    not (default_folder() / "places.csv").is_file(), reason="the data of Syria is not built"
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.read(default_folder())


# As written → id and kind.
SITES = {
    "Omar oil field": ("site-omar-oil-field", "oil_field"),
    "al-Omar field": ("site-omar-oil-field", "oil_field"),
    "the al-Omar oilfield": ("site-omar-oil-field", "oil_field"),
    "حقل العمر النفطي": ("site-omar-oil-field", "oil_field"),
    "Conoco": ("site-conoco", "plant"), "Conoco gas plant": ("site-conoco", "plant"),
    "Conoco gas field": ("site-conoco", "plant"), "كونيكو": ("site-conoco", "plant"),
    "Tanak gas field": ("site-tanak-oil-field", "oil_field"),
    "Shaer gas field": ("site-shaer-gas-field", "oil_field"),
    "حقل الشاعر": ("site-shaer-gas-field", "oil_field"),
    "Jazal": ("site-jazal-oil-field", "oil_field"), "Hayyan gas plant": ("site-hayyan-gas-plant", "plant"),
    "T2": ("site-t2-pumping-station", "pumping_station"),
    "T2 station": ("site-t2-pumping-station", "pumping_station"),
    "Brigade 137": ("site-brigade-137", "base"), "Division 17": ("site-division-17", "base"),
    "الفرقة 17": ("site-division-17", "base"), "Brigade 93": ("site-brigade-93", "base"),
    "اللواء 93": ("site-brigade-93", "base"), "Wadi al-Deif": ("site-wadi-deif", "base"),
    "Hamidiyah base": ("site-hamidiyah-base", "base"), "Hamdan air base": ("site-hamdan-air-base", "airbase"),
    "Rumaylan air base": ("site-kharab-al-jir-air-base", "airbase"),
    "Aleppo Central Prison": ("site-aleppo-central-prison", "prison"),
    "Sednaya prison": ("site-saydnaya-prison", "prison"), "سجن صيدنايا": ("site-saydnaya-prison", "prison"),
    "Palmyra Castle": ("site-palmyra-castle", "castle"), "قلعة تدمر": ("site-palmyra-castle", "castle"),
    "Kindi hospital": ("site-kindi-hospital", "hospital"), "Mount Hermon": ("site-mount-hermon", "hill"),
    "Ramouseh": ("site-ramouseh", "district"), "Rashidin": ("site-rashidin", "district"),
    "Salaheddine": ("site-salaheddine", "district"), "Bustan al-Qasr": ("site-bustan-al-qasr", "district"),
    "Layramoun": ("site-layramoun", "district"), "Castello": ("site-castello-road", "district"),
    "Baba Amr": ("site-baba-amr", "district"), "Ghuwayran": ("osm-9a2fa221", "district"),
    "Daraa al-Balad": ("ocha-C6317", "district"), "Qaboun": ("osm-dee12bda", "district"),
    "Tadamon": ("site-tadamon", "district"), "Hawijat Saqr": ("site-hawijat-saqr", "district"),
    "Midan": ("site-midan", "district"), "Jobar": ("site-jobar", "district"),
    "Sheikh Maqsoud": ("site-sheikh-maqsoud", "district"), "Rukban": ("site-rukban", "village"),
    # the farms by Aleppo, not the town of Suwayda that sounds like them
    "Mallah": ("site-mallah", "district"),
    # quarters that villages share their names with, beside their city
    "Khaldiyeh, Homs": ("site-khaldiyeh-homs", "district"),
    "Khalidiyah (Homs)": ("site-khaldiyeh-homs", "district"),
    "Khalidiyah, Aleppo": ("site-khalidiyah-aleppo", "district"),
    "Hanano, Aleppo": ("site-masaken-hanano", "district"),
    "Barzeh, Damascus": ("osm-aa855207", "district"),
}  # fmt: skip


@pytest.mark.parametrize("written", SITES)
def test_a_site_is_the_one_that_reports_mean(gazetteer: Gazetteer, written: str) -> None:
    result = gazetteer.resolve(written)
    assert result.accepted
    assert (result.candidates[0].place_id, result.candidates[0].kind) == SITES[written]


@pytest.mark.parametrize("written", ["Khaldiyeh", "Khalidiyah", "Hanano", "Barzeh"])
def test_a_quarter_with_the_name_of_villages_is_not_meant_alone(
    gazetteer: Gazetteer, written: str
) -> None:
    assert gazetteer.resolve(written).status == "ambiguous"


def test_a_governorate_by_itself_does_not_mean_its_city(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Khaldiyeh", admin1="SY-HI").status == "ambiguous"


def test_sounds_do_not_make_one_brigade_another(gazetteer: Gazetteer) -> None:
    assert not gazetteer.resolve("Brigade 94").accepted
    assert not gazetteer.resolve("T7 station").accepted
