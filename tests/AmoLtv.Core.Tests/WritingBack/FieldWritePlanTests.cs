using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using AmoLtv.Core.WritingBack;

namespace AmoLtv.Core.Tests.WritingBack;

[TestFixture]
public sealed class FieldWritePlanTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
    private static readonly OutputAccount Account =
        new(Moscow, Basis.Revenue, IsEnglish: false, new DateTimeOffset(2026, 11, 21, 3, 12, 0, TimeSpan.Zero));

    private static readonly TargetField[] Fields =
        [.. OutputFields.All.Select((output, index) => new TargetField(output, new FieldId(7000 + index)))];

    private static readonly CustomerOutputs Client = new(
        Ltv: 35_000.00m, Bought: 35_000m, AverageOrderValue: 11_666.666m, Purchases: 3, PurchasesPerYear: 2.345, new DateOnly(2024, 1, 5),
        new DateOnly(2026, 8, 11), Tier: "A", LtvToCac: null);

    [Test]
    public void Every_known_number_is_written_when_the_card_is_empty()
    {
        var written = After(Differences(Client, []));

        Assert.That(written, Is.EqualTo(new Dictionary<string, string?>
        {
            ["ltv"] = "35000",
            ["basis"] = "выручка",
            ["bought"] = "35000",
            ["aov"] = "11666.67",
            ["purchases"] = "3",
            ["purchases_per_year"] = "2.35",
            ["first_purchase"] = "1704445200",
            ["last_purchase"] = "1786438800",
            ["tier"] = "A",
            ["calculated_at"] = "1795230720",
        }));
    }

    [Test]
    public void Nothing_is_written_when_the_CRM_holds_the_same()
    {
        Assert.That(Differences(Client, Held(Client)), Is.Empty);
    }

    [Test]
    public void Time_of_the_calculation_alone_is_no_reason_to_write()
    {
        var held = Held(Client);
        held[Field("calculated_at")] = "1";

        Assert.That(Differences(Client, held), Is.Empty);
    }

    [Test]
    public void Time_of_the_calculation_goes_with_another_field()
    {
        var held = Held(Client);
        held[Field("tier")] = "B";
        held[Field("calculated_at")] = "1";

        Assert.That(After(Differences(Client, held)).Keys, Is.EquivalentTo(["tier", "calculated_at"]));
    }

    [TestCase("35000", "35000.00")]
    [TestCase("11666.67", "11666.6700001")]
    [TestCase("0", "0.001")]
    public void Numbers_are_the_same_after_rounding_to_two_decimals(string ours, string held)
    {
        Assert.That(OutputText.IsSame(OutputType.Numeric, ours, held, Moscow), Is.True);
    }

    [TestCase("35000", "35000.01")]
    [TestCase("35000", "about 35000")]
    [TestCase("0", null)]
    [TestCase(null, "0")]
    public void Numbers_differ_by_a_kopeck_and_from_nothing(string? ours, string? held)
    {
        Assert.That(OutputText.IsSame(OutputType.Numeric, ours, held, Moscow), Is.False);
    }

    [TestCase(OutputType.Date)]
    [TestCase(OutputType.DateTime)]
    public void Time_that_is_no_date_differs_from_every_date(OutputType type) =>
        Assert.That(OutputText.IsSame(type, "1786438800", "999999999999999", Moscow), Is.False);

    [TestCase("2026-08-10T21:00:00Z", true)]
    [TestCase("2026-08-11T20:59:59Z", true)]
    [TestCase("2026-08-11T21:00:00Z", false)]
    [TestCase("2026-08-10T20:59:59Z", false)]
    public void Days_are_compared_in_the_time_zone_of_the_account(string held, bool isSame)
    {
        var seconds = DateTimeOffset.Parse(held, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var text = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(OutputText.IsSame(OutputType.Date, "1786438800", text, Moscow), Is.EqualTo(isSame));
    }

    [Test]
    public void Client_without_an_LTV_has_an_empty_field_and_never_zero()
    {
        var inPeriodNothing = Client with { Ltv = null, Bought = 0, AverageOrderValue = null, Purchases = 0 };

        var written = After(Differences(inPeriodNothing, Held(Client)));

        Assert.That(written["ltv"], Is.Null);
        Assert.That(written["bought"], Is.Null);
        Assert.That(written["basis"], Is.Null);
        Assert.That(written["purchases"], Is.Null);
        Assert.That(written, Does.Not.ContainKey("first_purchase"), "It is a day of all history.");
    }

    [Test]
    public void Card_of_one_that_never_bought_stays_untouched_and_is_emptied_when_it_held_numbers()
    {
        Assert.That(Differences(null, []), Is.Empty);
        Assert.That(After(Differences(null, Held(Client))).Values, Is.All.Null);
    }

    private static IReadOnlyList<FieldDifference> Differences(CustomerOutputs? customer, Dictionary<FieldId, string> held) =>
        FieldWritePlan.Differences(Fields, customer, held, Account);

    private static Dictionary<FieldId, string> Held(CustomerOutputs customer) => Fields
        .Select(field => (field.Field, Text: OutputText.Of(field.Output, customer, Account)))
        .Where(field => field.Text is not null)
        .ToDictionary(field => field.Field, field => field.Text!);

    private static Dictionary<string, string?> After(IReadOnlyList<FieldDifference> differences) =>
        differences.ToDictionary(difference => difference.Target.Output.Output, difference => difference.After);

    private static FieldId Field(string output) => Fields.Single(field => field.Output.Output == output).Field;
}
