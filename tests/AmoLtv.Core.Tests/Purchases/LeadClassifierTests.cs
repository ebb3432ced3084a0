using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using static AmoLtv.Core.Tests.Leads;

namespace AmoLtv.Core.Tests.Purchases;

public sealed class LeadClassifierTests
{
    private static readonly FieldId Field = new(77);

    [Test]
    public void A_won_lead_is_a_purchase_of_its_company()
    {
        var verdict = Classify(Won(1, 100.50m, "2026-03-01", company: 10, contact: 20));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Kind, Is.EqualTo(VerdictKind.Purchase));
            Assert.That(verdict.Reason, Is.Null);
            Assert.That(verdict.Day, Is.EqualTo(new DateOnly(2026, 3, 1)));
            Assert.That(verdict.Amount, Is.EqualTo(100.50m));
            Assert.That(verdict.Customers(), Is.EqualTo(new CustomerKey[] { new(CustomerScope.Company, 10), new(CustomerScope.Contact, 20) }));
        }
    }

    [Test]
    public void A_purchase_without_a_company_belongs_to_its_main_contact_as_a_client()
    {
        var verdict = Classify(Won(1, 100, company: null, contact: 20));

        Assert.That(verdict.Customers(), Is.EqualTo(new CustomerKey[] { new(CustomerScope.Contact, 20), new(CustomerScope.DirectContact, 20) }));
    }

    private static IEnumerable<TestCaseData> Excluded()
    {
        yield return Case(Won(1, 100) with { Stage = Stage(200) }, ExclusionReason.NotWon, "open");
        yield return Case(Won(1, 100) with { Stage = Stage(143) }, ExclusionReason.NotWon, "lost");
        yield return Case(Won(1, null), ExclusionReason.NoAmount, "without a price");
        yield return Case(Won(1, 0), ExclusionReason.NoAmount, "of price 0");
        yield return Case(Won(1, -5), ExclusionReason.NoAmount, "of a price below 0");
        yield return Case(Won(1, 0.004m), ExclusionReason.NoAmount, "of less than half a kopeck");
        yield return Case(Won(1, 1e15m), ExclusionReason.NoAmount, "of a price too large to be meant");
        yield return Case(Won(1, 100) with { ClosedAt = null }, ExclusionReason.NoDate, "without a closing time");
        yield return Case(Won(1, 100, company: null), ExclusionReason.NoCustomer, "of nobody");
        yield return Case(Won(1, 100) with { IsDeleted = true }, ExclusionReason.Deleted, "deleted");
        yield return Case(Won(1, 100, "2026-11-22"), ExclusionReason.OutsidePeriod, "of tomorrow");
    }

    [TestCaseSource(nameof(Excluded))]
    public void A_lead_that_does_not_count_says_why(Lead lead, ExclusionReason reason)
    {
        var verdict = Classify(lead);

        Assert.That((verdict.Kind, verdict.Reason), Is.EqualTo((VerdictKind.Excluded, (ExclusionReason?)reason)));
        Assert.That(verdict.Customers(), Is.Empty);
    }

    [Test]
    public void A_lead_excluded_by_hand_says_so() =>
        Assert.That(Classify(Won(5, 100), excludedByHand: 5).Reason, Is.EqualTo(ExclusionReason.ExcludedByHand));

    [Test]
    public void A_lead_won_in_a_pipeline_not_picked_is_of_another_pipeline()
    {
        var settings = new AccountSettings { WonStages = new WonStageSettings { Pipelines = [new PipelineId(2)] } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Classify(Won(1, 100), settings).Reason, Is.EqualTo(ExclusionReason.OtherPipeline));
            Assert.That(Classify(Won(1, 100) with { Stage = Stage(200) }, settings).Reason, Is.EqualTo(ExclusionReason.NotWon));
            Assert.That(Classify(Won(1, 100) with { Stage = Stage(142, pipeline: 2) }, settings).Reason, Is.Null);
        }
    }

    [Test]
    public void A_stage_added_by_the_admin_counts_from_the_first_entry_into_a_counted_stage()
    {
        var settings = new AccountSettings { WonStages = new WonStageSettings { ExtraStages = [Stage(300), Stage(301)] } };
        var lead = Won(1, 100) with
        {
            Stage = Stage(301),
            ClosedAt = null,
            Entries = [new(Stage(301), At("2026-05-02")), new(Stage(300), At("2026-04-02")), new(Stage(200), At("2026-01-01"))],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Classify(lead, settings).Day, Is.EqualTo(new DateOnly(2026, 4, 2)));
            Assert.That(Classify(lead with { Entries = [] }, settings).Reason, Is.EqualTo(ExclusionReason.NoDate));
            Assert.That(Classify(lead).Reason, Is.EqualTo(ExclusionReason.NotWon), "without the setting");
        }
    }

    [TestCase("1772312400", "2026-03-01", TestName = "unix seconds of midnight in the account's time zone")]
    [TestCase("1772312399", "2026-02-28", TestName = "unix seconds one before midnight there")]
    [TestCase("2026-03-01", "2026-03-01", TestName = "a calendar date")]
    [TestCase("2026-02-28T23:30:00+00:00", "2026-03-01", TestName = "a time with an offset")]
    public void The_day_may_come_from_a_date_field_as(string text, string day)
    {
        var settings = new AccountSettings { PurchaseDateField = Field };
        var lead = Won(1, 100, "2026-06-06") with { Fields = new Dictionary<FieldId, string> { [Field] = text } };

        Assert.That(Classify(lead, settings).Day, Is.EqualTo(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void An_empty_date_field_falls_back_to_the_closing_time() =>
        Assert.That(Classify(Won(1, 100, "2026-06-06"), new AccountSettings { PurchaseDateField = Field }).Day, Is.EqualTo(new DateOnly(2026, 6, 6)));

    [TestCase("1234.565", "1234.57")]
    [TestCase("1e3", "1000")]
    [TestCase("12 рублей", null)]
    [TestCase("", null)]
    public void The_amount_may_come_from_a_numeric_field(string text, string? amount)
    {
        var lead = Won(1, 100) with { Fields = new Dictionary<FieldId, string> { [Field] = text } };

        var verdict = Classify(lead, new AccountSettings { AmountField = Field });

        Assert.That(verdict.Amount, Is.EqualTo(amount is null ? (decimal?)null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(verdict.Reason, Is.EqualTo(amount is null ? ExclusionReason.NoAmount : (ExclusionReason?)null));
    }

    [Test]
    public void A_missing_cost_is_no_cost_and_never_0()
    {
        var settings = new AccountSettings { Cost = new CostSettings { Kind = CostKind.Field, Field = Field } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Classify(Won(1, 100), settings).Cost, Is.Null);
            Assert.That(Classify(Won(1, 100) with { Fields = new Dictionary<FieldId, string> { [Field] = "0" } }, settings).Cost, Is.Zero);
            Assert.That(Classify(Won(1, 100) with { Fields = new Dictionary<FieldId, string> { [Field] = "-3" } }, settings).Cost, Is.Null);
            Assert.That(Classify(Won(1, 99.99m), new AccountSettings { Cost = new CostSettings { Kind = CostKind.FixedMargin, MarginPercent = 30 } }).Cost, Is.EqualTo(69.99m));
        }
    }

    [TestCase(CustomerRule.CompanyElseContact, 10L, 20L, "Company 10, Contact 20")]
    [TestCase(CustomerRule.CompanyElseContact, null, 20L, "Contact 20, DirectContact 20")]
    [TestCase(CustomerRule.CompanyOnly, 10L, 20L, "Company 10, Contact 20")]
    [TestCase(CustomerRule.CompanyOnly, null, 20L, "")]
    [TestCase(CustomerRule.ContactOnly, 10L, 20L, "Contact 20, DirectContact 20")]
    [TestCase(CustomerRule.ContactOnly, 10L, null, "")]
    public void The_customer_is_found_by_the_rule(CustomerRule rule, long? company, long? contact, string customers)
    {
        var verdict = Classify(Won(1, 100, company: company, contact: contact), new AccountSettings { Customer = rule });

        Assert.That(string.Join(", ", verdict.Customers().Select(key => $"{key.Scope} {key.Id}")), Is.EqualTo(customers));
        Assert.That(verdict.Reason, Is.EqualTo(customers.Length > 0 ? (ExclusionReason?)null : ExclusionReason.NoCustomer));
    }

    [Test]
    public void The_channel_is_a_field_the_source_or_the_first_listed_tag()
    {
        var lead = Won(1, 100) with { Source = " Сайт ", Tags = ["VIP", "ads", "seo"], Fields = new Dictionary<FieldId, string> { [Field] = "utm" } };

        string? ChannelBy(ChannelSettings channel) => Classify(lead, new AccountSettings { Channel = channel }).Channel;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChannelBy(new()), Is.Null);
            Assert.That(ChannelBy(new() { Kind = ChannelKind.Field, Field = Field }), Is.EqualTo("utm"));
            Assert.That(ChannelBy(new() { Kind = ChannelKind.Field, Field = new FieldId(1) }), Is.Null);
            Assert.That(ChannelBy(new() { Kind = ChannelKind.Source }), Is.EqualTo("Сайт"));
            Assert.That(ChannelBy(new() { Kind = ChannelKind.Tag, Tags = ["SEO", "ads"] }), Is.EqualTo("SEO"));
            Assert.That(ChannelBy(new() { Kind = ChannelKind.Tag, Tags = ["none of these"] }), Is.Null);
        }
    }

    [Test]
    public void A_credit_note_may_be_entered_with_either_sign()
    {
        var settings = new AccountSettings { Returns = [new ReturnStage(Stage(600), ReturnKind.CreditNote)], AmountField = Field };
        var lead = Won(1, null) with
        {
            Stage = Stage(600),
            ClosedAt = null,
            Entries = [new(Stage(600), At("2026-02-03"))],
            Fields = new Dictionary<FieldId, string> { [Field] = "-30" },
        };

        var verdict = Classify(lead, settings);

        Assert.That((verdict.Kind, verdict.Amount, verdict.Day), Is.EqualTo((VerdictKind.CreditNote, (decimal?)30, (DateOnly?)new DateOnly(2026, 2, 3))));
    }

    [TestCase("2026-03-08T06:59:59Z", "2026-03-08", TestName = "the hour before summer time begins")]
    [TestCase("2026-03-09T03:59:59Z", "2026-03-08", TestName = "the last second of the day of 23 hours")]
    [TestCase("2026-11-02T04:59:59Z", "2026-11-01", TestName = "the last second of the day of 25 hours")]
    [TestCase("2026-11-02T05:00:00Z", "2026-11-02", TestName = "the first second after it")]
    public void A_day_is_cut_right_around_daylight_saving_at(string moment, string day) =>
        Assert.That(
            AccountDays.DayOf(At(moment), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Is.EqualTo(day));

    private static TestCaseData Case(Lead lead, ExclusionReason reason, string name) =>
        new TestCaseData(lead, reason).SetArgDisplayNames(name, reason.ToString());
}
