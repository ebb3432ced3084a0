using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

[TestFixture]
public sealed class ConflictRuleTests
{
    [TestCase("100", "7", "120")]
    [TestCase(null, "7", "120")]
    [TestCase("100", null, null)]
    public void Change_of_our_number_is_an_ordinary_write_whatever_stands_there(string? lastWritten, string? found, string? wanted) =>
        Assert.That(ConflictRule.Judge(OutputType.Numeric, lastWritten, found, wanted, seenBefore: 1), Is.EqualTo(ConflictVerdict.Write));

    [Test]
    public void Foreign_value_is_written_over_the_first_time_and_left_alone_the_second()
    {
        Assert.That(ConflictRule.Judge(OutputType.Text, "A", "B", "A", seenBefore: 0), Is.EqualTo(ConflictVerdict.WriteAgain));
        Assert.That(ConflictRule.Judge(OutputType.Text, "A", "B", "A", seenBefore: 1), Is.EqualTo(ConflictVerdict.Stop));
        Assert.That(ConflictRule.Judge(OutputType.Text, "A", "B", "A", seenBefore: 7), Is.EqualTo(ConflictVerdict.Stop));
    }

    [Test]
    public void Field_that_somebody_empties_again_and_again_is_left_alone_too() =>
        Assert.That(ConflictRule.Judge(OutputType.Numeric, "12.5", null, "12.5", seenBefore: 1), Is.EqualTo(ConflictVerdict.Stop));

    [TestCase("12", "12.35", ExpectedResult = ConflictVerdict.Rounded)]
    [TestCase("12.3", "12.35", ExpectedResult = ConflictVerdict.Rounded, Description = "cut off")]
    [TestCase("12.4", "12.35", ExpectedResult = ConflictVerdict.Rounded, Description = "rounded")]
    [TestCase("13", "12.35", ExpectedResult = ConflictVerdict.WriteAgain)]
    [TestCase("12.36", "12.35", ExpectedResult = ConflictVerdict.WriteAgain, Description = "as many decimals: no rounding")]
    [TestCase("12", "13", ExpectedResult = ConflictVerdict.WriteAgain)]
    [TestCase("much", "12.35", ExpectedResult = ConflictVerdict.WriteAgain)]
    public ConflictVerdict CRM_that_keeps_fewer_decimals_is_no_conflict(string found, string ours) =>
        ConflictRule.Judge(OutputType.Numeric, ours, found, ours, seenBefore: 0);

    [TestCase(OutputType.Numeric, "12.35", "12.350", ExpectedResult = true)]
    [TestCase(OutputType.Numeric, "12.35", "12", ExpectedResult = true, Description = "rounded by the CRM")]
    [TestCase(OutputType.Numeric, "12.35", "13", ExpectedResult = false)]
    [TestCase(OutputType.Numeric, "12.35", null, ExpectedResult = false)]
    [TestCase(OutputType.Numeric, null, null, ExpectedResult = true, Description = "emptied")]
    [TestCase(OutputType.Text, "12.35", "12", ExpectedResult = false)]
    [TestCase(OutputType.Text, "A", "A", ExpectedResult = true)]
    public bool Field_keeps_what_was_written_with_fewer_decimals_perhaps(OutputType type, string? written, string? found) =>
        ConflictRule.IsKept(type, written, found, TimeZoneInfo.Utc);

    [Test]
    public void Texts_are_never_a_rounding_of_each_other() =>
        Assert.That(ConflictRule.Judge(OutputType.Text, "12.35", "12", "12.35", seenBefore: 0), Is.EqualTo(ConflictVerdict.WriteAgain));
}
