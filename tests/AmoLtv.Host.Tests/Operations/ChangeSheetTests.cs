using AmoLtv.Host.Operations;

namespace AmoLtv.Host.Tests.Operations;

[TestFixture]
public sealed class ChangeSheetTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    [TestCase("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [TestCase("@a", "'@a")]
    [TestCase("+7 900", "'+7 900")]
    [TestCase("-12.5", "-12.5")]
    [TestCase("\ta", "'\ta")]
    [TestCase("a\"b", "\"a\"\"b\"")]
    public void No_cell_is_a_formula_and_a_number_stays_one(string value, string cell) =>
        Assert.That(ChangeSheet.Row(Change(value, "text"), isEnglish: true, Moscow).Split(',')[5], Is.EqualTo(cell));

    [Test]
    public void Numbers_have_a_comma_and_days_are_those_of_the_account_for_Russian_readers()
    {
        Assert.That(ChangeSheet.Row(Change("1200.5", "numeric"), isEnglish: false, Moscow).Split(';')[5], Is.EqualTo("1200,5").Or.EqualTo("\"1200,5\""));
        Assert.That(ChangeSheet.Row(Change("1767214800", "date"), isEnglish: false, Moscow).Split(';')[5], Is.EqualTo("2026-01-01"));
    }

    [TestCase(null, null)]
    [TestCase("Something else writes this field of the card too: it is left alone until the fields are enabled again.", "conflict")]
    [TestCase("It holds something newer than that run, which stays.", "newer")]
    [TestCase("NotSupportedChoice", null)]
    public void Known_reasons_have_a_word_of_their_own(string? words, string? code) => Assert.That(ChangeReason.Of(words), Is.EqualTo(code));

    private static FieldChange Change(string after, string type) => new("company", 1, null, 2, "LTV", type, null, after, "previewed", null, null);
}
