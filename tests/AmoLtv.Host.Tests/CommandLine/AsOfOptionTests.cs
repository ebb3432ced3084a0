using System.CommandLine;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Tests.CommandLine;

[TestFixture]
public sealed class AsOfOptionTests
{
    private static readonly Option<DateOnly?> AsOf = AsOfOption.Create("");

    [TestCase("0001-01-01")]
    [TestCase("2101-01-01")]
    [TestCase("01.02.2026")]
    [TestCase("nonsense")]
    public void Date_that_cannot_be_meant_is_an_error_in_words(string text) =>
        Assert.That(Parse("--as-of", text).Errors.Select(error => error.Message), Has.One.Contains(text).And.One.Contains("1990-01-01"));

    [Test]
    public void Date_is_read_and_may_be_left_out() =>
        Assert.That((Parse("--as-of", "2026-02-01").GetValue(AsOf), Parse().GetValue(AsOf)), Is.EqualTo(((DateOnly?)new DateOnly(2026, 2, 1), (DateOnly?)null)));

    private static ParseResult Parse(params string[] arguments) => new Command("test") { AsOf }.Parse(arguments);
}
