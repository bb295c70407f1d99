from __future__ import annotations

import pytest

from newsclean import annotate
from newsclean.datasets import Sample, load_samples
from newsclean.language import guess_language


@pytest.mark.parametrize("sample", load_samples(), ids=lambda s: s.id)
def test_the_samples_are_in_their_languages(sample: Sample) -> None:
    assert guess_language(sample.clean) == sample.language
    assert annotate(sample.text).language == sample.language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I piloti del porto sono tornati al lavoro dopo undici giorni e il sindacato non ha perso la faccia.", "it"),
        ("De loodsen van de haven zijn na elf dagen weer aan het werk, en het bestuur was er niet bij.", "nl"),
        ("Лоцманы порта вернулись на работу после одиннадцати дней, и это было не всё, что он сказал.", "ru"),
        (
            "Piloci portu wrócili do pracy po jedenastu dniach i nie jest to koniec, jak się okazało w czasie rozmów.",
            "pl",
        ),
        ("港の水先人は月曜日に仕事に戻った。", "ja"),
        ("港口引航員週一復工。", "zh"),
        ("عاد مرشدو الميناء إلى العمل يوم الاثنين", "ar"),
    ],
)
def test_other_languages(text: str, code: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ["", "26", "Harbour Courier", "x" * 10_000, "\ud800"])
def test_too_little_is_no_language(text: str) -> None:
    assert guess_language(text) is None
