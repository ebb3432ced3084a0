using AmoLtv.Testing;

namespace AmoLtv.Night;

/// <summary>The prediction by hand, its page, and the steps of the database.</summary>
[TestFixture]
public sealed class CapacityTests
{
    private static readonly CapacityUnits.Unit Nothing = new(0, "none");

    private static readonly CapacityUnits Plain = new(
        CpuSecondsPerProcess: Nothing, CpuSecondsPerAccount: new(7, ""), CpuSecondsPerThousandLeads: Nothing, DatabaseMibPerAccount: new(1, ""),
        DatabaseMibPerThousandLeads: new(1, ""), ProcessMib: new(300, ""), ProcessMibPerThousandLeads: new(1, ""), RequestsPerNight: new(14, ""),
        RequestsPerChangedLead: Nothing, RequestsPerLeadOfWholeScan: Nothing, CardsPerSecondAndProcessor: new(100, ""));

    private static readonly CapacityMix Equal = new() { Sizes = [(1, 1_000)], ChangedInADay = 0, WindowHours = 1, CardsInADay = 90, CardHours = 9 };

    [Test]
    public void Page_is_what_the_command_prints_from_the_committed_units() =>
        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "docs", "capacity.md")), Is.EqualTo(CapacityPage.Write(CapacityUnits.Read(), new CapacityMix())));

    [Test]
    public void Every_unit_is_positive_and_says_where_it_was_measured() =>
        Assert.That(CapacityUnits.Read().All().Where(unit => !(unit.Unit.Value > 0) || unit.Unit.Source.Length < 20).Select(unit => unit.Name), Is.Empty);

    [Test]
    public void Parts_of_the_mix_are_all_accounts() => Assert.That(new CapacityMix().Sizes.Sum(size => size.Part), Is.EqualTo(1).Within(1e-9));

    [Test]
    public void Prediction_is_the_one_by_hand()
    {
        // 3,600 accounts of 7 s are 25,200 s; an hour at seven tenths is 2,520 s a processor.
        // 50,400 requests: 252,000 go through one address in that hour at seven tenths; at six a second and four at once, one process more than carries them.
        // A thousand leads and the account take 2 MiB. 3,600 × 90 cards in nine hours are 10 a second, 20 in the busiest hour.
        var plan = CapacityRule.Predict(3_600, Equal, Plain);

        Assert.That(plan, Is.EqualTo(new CapacityPlan(3_600, 3_600_000, 7, 10, 10, 301, 50_400, 1, 7, 410, 20, 1, DatabaseStep.Managed)));
    }

    [Test]
    public void Retention_keeps_half_a_year_of_fields_and_a_year_of_results_of_what_changed()
    {
        var still = CapacityRule.Predict(10_240, Equal, Plain);
        var lively = CapacityRule.Predict(10_240, Equal with { ChangedInADay = 0.01 }, Plain);

        Assert.That(lively.DatabaseGib - still.DatabaseGib, Is.EqualTo(10 * 0.01 * (180 + 365) / 2).Within(0.1));
    }

    [Test]
    public void Rate_of_the_CRM_asks_for_processes_that_compute_little()
    {
        var plan = CapacityRule.Predict(1_000, Equal, Plain with { CpuSecondsPerAccount = Nothing, RequestsPerNight = new(864, "") });

        // 864,000 requests at six a second are 144,000 s, of which a process does four an hour's second.
        Assert.That((plan.Processes, plan.Processors), Is.EqualTo((10, 1)));
        Assert.That(plan.Addresses, Is.EqualTo(4));
    }

    [TestCase(199, 400, 64, nameof(DatabaseStep.Own))]
    [TestCase(201, 400, 64, nameof(DatabaseStep.Managed))]
    [TestCase(199, 401, 64, nameof(DatabaseStep.Managed))]
    [TestCase(199, 400, 65, nameof(DatabaseStep.Spread))]
    [TestCase(4097, 1, 1, nameof(DatabaseStep.Spread))]
    public void Database_goes_to_the_next_step_where_this_one_ends(double gib, int connections, int processors, string expected) =>
        Assert.That(CapacityRule.Step(gib, connections, processors).ToString(), Is.EqualTo(expected));
}
