using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

[TestFixture]
public sealed class UndoRuleTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    [TestCase(OutputType.Numeric, null, "10", "10", ExpectedResult = UndoVerdict.Restore)]
    [TestCase(OutputType.Numeric, "5", "10", "10.00", ExpectedResult = UndoVerdict.Restore)]
    [TestCase(OutputType.Numeric, "5", "10.55", "10.6", ExpectedResult = UndoVerdict.Restore, Description = "the CRM rounds")]
    [TestCase(OutputType.Numeric, "5", null, null, ExpectedResult = UndoVerdict.Restore, Description = "the run emptied it")]
    [TestCase(OutputType.Numeric, "5", "10", "5.0", ExpectedResult = UndoVerdict.IsRestored)]
    [TestCase(OutputType.Numeric, null, "10", null, ExpectedResult = UndoVerdict.IsRestored)]
    [TestCase(OutputType.Numeric, "5", "10", "11", ExpectedResult = UndoVerdict.LeaveAlone)]
    [TestCase(OutputType.Text, "B", "A", "C", ExpectedResult = UndoVerdict.LeaveAlone)]
    [TestCase(OutputType.Text, "B", "A", null, ExpectedResult = UndoVerdict.LeaveAlone, Description = "somebody emptied it")]
    public UndoVerdict Field_is_restored_only_while_it_holds_what_the_run_wrote(OutputType type, string? before, string? after, string? now) =>
        UndoRule.Judge(type, before, after, now, Moscow);

    [Test]
    public void Day_is_the_same_at_any_hour_of_it() =>
        // Both are 4 May 2026 in Moscow.
        Assert.That(UndoRule.Judge(OutputType.Date, null, "1777885200", "1777842000", Moscow), Is.EqualTo(UndoVerdict.Restore));
}
