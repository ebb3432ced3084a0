using AmoLtv.Host.Analytics.Lists;
using AmoLtv.Host.Sheets;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>Cells that a spreadsheet reads as what they are.</summary>
[TestFixture]
public sealed class CsvCellTests
{
    private static readonly CsvLanguage Russian = CsvLanguage.Of("ru");
    private static readonly CsvLanguage English = CsvLanguage.Of("en");

    [TestCase("=1+1", "'=1+1")]
    [TestCase("+7", "'+7")]
    [TestCase("-", "'-")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("  =1", "'  =1")]
    [TestCase("\t=1", "\"'\t=1\"")]
    [TestCase("\rx", "\"'\rx\"")]
    [TestCase("ООО \"Ромашка\"", "\"ООО \"\"Ромашка\"\"\"")]
    [TestCase("a;b", "\"a;b\"")]
    [TestCase("a,b", "a,b")]
    [TestCase("", "")]
    [TestCase(null, "")]
    public void Text_cannot_be_a_formula_and_keeps_its_characters(string? text, string cell) =>
        Assert.That(CsvCell.Text(text, Russian), Is.EqualTo(cell));

    [Test]
    public void Numbers_are_numbers_of_the_language()
    {
        Assert.That(CsvCell.Of(-1234.5m, Russian), Is.EqualTo("-1234,5"));
        Assert.That(CsvCell.Of(-1234.5m, English), Is.EqualTo("-1234.5"));
        Assert.That(CsvCell.Of(0.123456, Russian), Is.EqualTo("0,1235"));
        Assert.That(CsvCell.Of(1e300, English), Is.EqualTo("1000000000000"));
        Assert.That(CsvCell.Of((decimal?)null, Russian), Is.Empty);
        Assert.That(CsvCell.Of(new DateOnly(2026, 3, 1)), Is.EqualTo("2026-03-01"));
    }

    [TestCase("2026", "2026-01-01", "2026-12-31")]
    [TestCase("2026-02", "2026-02-01", "2026-02-28")]
    [TestCase("2026-Q4", "2026-10-01", "2026-12-31")]
    [TestCase("9999-Q4", "9999-10-01", "9999-12-31")]
    [TestCase("2026-03-05:2026-03-05", "2026-03-05", "2026-03-05")]
    public void Period_is_read_from_its_text(string text, string from, string to) =>
        Assert.That(DayRange.Parse(text), Is.EqualTo(new DayRange(DateOnly.Parse(from, Invariant), DateOnly.Parse(to, Invariant))));

    [TestCase("")]
    [TestCase("2026-Q5")]
    [TestCase("2026-00")]
    [TestCase("2026-03-05:2026-03-04")]
    [TestCase("26-03")]
    public void Text_that_is_no_period_is_refused(string text) =>
        Assert.That(() => DayRange.Parse(text), Throws.TypeOf<BadFilterException>());

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
