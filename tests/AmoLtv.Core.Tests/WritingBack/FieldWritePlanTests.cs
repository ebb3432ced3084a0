using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
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
        new DateOnly(2026, 8, 11), Tier: "A", LtvToCac: null, Expected: 12_340.456m, NextPurchase: new DateOnly(2026, 12, 15),
        RepeatProbability: 0.7849, RfmGroup.NeedAttention, LifecycleState.Slipping);

    [Test]
    public void Every_known_number_is_written_when_the_card_is_empty()
    {
        var written = After(Differences(Client, []));

        Assert.That(written, Is.EqualTo(new Dictionary<string, string?>
        {
            ["ltv"] = "35000",
            ["basis"] = "выручка",
            ["bought"] = "35000",
            ["expected"] = "12340.46",
            ["aov"] = "11666.67",
            ["purchases"] = "3",
            ["purchases_per_year"] = "2.35",
            ["first_purchase"] = "1704445200",
            ["last_purchase"] = "1786438800",
            ["next_purchase"] = "1797325200",
            ["repeat_probability"] = "78",
            ["tier"] = "A",
            ["rfm_group"] = "Требуют внимания",
            ["lifecycle"] = "Ускользает",
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
    public void Client_without_a_forecast_has_empty_fields_and_never_zero()
    {
        var unforeseen = Client with { Expected = null, NextPurchase = null, RepeatProbability = null };

        var written = After(Differences(unforeseen, Held(Client)));

        Assert.That(written.Keys, Is.EquivalentTo(["expected", "next_purchase", "repeat_probability"]));
        Assert.That(written.Values, Is.All.Null);
    }

    [Test]
    public void Client_of_whom_nothing_is_expected_has_a_forecast_of_zero() =>
        Assert.That(After(Differences(Client with { Expected = 0, RepeatProbability = 0.001 }, [])), Contains.Key("expected").WithValue("0").And.ContainKey("repeat_probability").WithValue("0"));

    [Test]
    public void Lost_client_has_no_next_purchase_whatever_the_month_s_forecast_said() =>
        Assert.That(After(Differences(Client with { Lifecycle = LifecycleState.Lost }, Held(Client)))["next_purchase"], Is.Null);

    [Test]
    public void Contact_of_a_company_has_a_forecast_and_no_segments()
    {
        var contact = Client with { Tier = null, RfmGroup = null, Lifecycle = null };

        Assert.That(After(Differences(contact, [])).Keys, Is.SupersetOf(["expected", "next_purchase", "repeat_probability"]).And.Not.Contain("tier").And.Not.Contain("rfm_group").And.Not.Contain("lifecycle"));
    }

    [TestCase(0.784, "78")]
    [TestCase(0.785, "79")]
    [TestCase(0.9999, "100")]
    [TestCase(double.NaN, null)]
    public void Probability_is_written_in_whole_percent(double probability, string? text) =>
        Assert.That(OutputText.Of(OutputFields.Get(OutputFields.RepeatProbability), Client with { RepeatProbability = probability }, Account), Is.EqualTo(text));

    [Test]
    public void Segments_are_named_in_the_language_of_the_brand()
    {
        var english = Account with { IsEnglish = true };

        Assert.That(OutputText.Of(OutputFields.Get(OutputFields.RfmGroup), Client, english), Is.EqualTo("Need attention"));
        Assert.That(OutputText.Of(OutputFields.Get(OutputFields.Lifecycle), Client, english), Is.EqualTo("Slipping"));
    }

    [Test]
    public void Every_segment_has_a_name_of_its_own_in_both_languages([Values] bool isEnglish)
    {
        Assert.That(Enum.GetValues<RfmGroup>().Select(group => SegmentWords.Of(group, isEnglish)), Is.Unique.And.All.Not.Empty);
        Assert.That(Enum.GetValues<LifecycleState>().Select(state => SegmentWords.Of(state, isEnglish)), Is.Unique.And.All.Not.Empty);
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
