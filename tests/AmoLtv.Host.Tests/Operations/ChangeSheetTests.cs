using AmoLtv.Host.Operations;
using AmoLtv.Host.Sheets;

namespace AmoLtv.Host.Tests.Operations;

[TestFixture]
public sealed class ChangeSheetTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    [TestCase("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [TestCase("  @a", "'  @a")]
    [TestCase("+7 900", "'+7 900")]
    [TestCase("-12.5", "'-12.5")]
    [TestCase("1.10", "1.10")]
    [TestCase("a\"b", "\"a\"\"b\"")]
    public void Text_of_a_field_is_no_formula_and_stays_as_it_is(string value, string cell)
    {
        Assert.That(After(value, "text", "en"), Is.EqualTo(cell));
        Assert.That(After(value, "text", "ru"), Is.EqualTo(cell), "a version or an article number is no number for Russian readers either");
    }

    [TestCase("-12.50", "numeric", "ru", "-12,50")]
    [TestCase("1200.5", "monetary", "ru", "1200,5")]
    [TestCase("1200.5", "numeric", "en", "1200.5")]
    [TestCase("much", "numeric", "ru", "much")]
    [TestCase("1767214800", "date", "ru", "2026-01-01")]
    [TestCase("1767214800", "date_time", "en", "2026-01-01 00:00")]
    [TestCase(null, "numeric", "en", "")]
    public void Numbers_are_those_of_the_language_and_days_those_of_the_account(string? value, string type, string language, string cell) =>
        Assert.That(After(value, type, language), Is.EqualTo(cell));

    [TestCase(null, null)]
    [TestCase("Something else writes this field of the card too: it is left alone until the fields are enabled again.", "conflict")]
    [TestCase("It holds something newer than that run, which stays.", "newer")]
    [TestCase("NotSupportedChoice", null)]
    public void Known_reasons_have_a_word_of_their_own(string? words, string? code) => Assert.That(ChangeReason.Of(words), Is.EqualTo(code));

    private static string After(string? after, string type, string language) => ChangeSheet.Columns(Moscow)
        .Single(column => column.English == "after")
        .Cell(new FieldChange("company", 1, null, 2, "LTV", type, null, after, "previewed", null, null), CsvLanguage.Of(language));
}
