using AmoLtv.Core.Syncing;

namespace AmoLtv.Core.Tests.Syncing;

[TestFixture]
public sealed class CatalogReadingTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 10, 3, 0, 0, TimeSpan.Zero);
    private static readonly CatalogReading Found = new(Now.AddDays(-1), CatalogOutcome.Found);

    [Test]
    public void Lists_are_read_first_and_then_once_a_week()
    {
        Assert.That(CatalogReading.IsDue(null, Now), Is.True);
        Assert.That(CatalogReading.IsDue(Found, Now), Is.False);
        Assert.That(CatalogReading.IsDue(Found with { ReadAt = Now.AddDays(-6) }, Now), Is.False);
        Assert.That(CatalogReading.IsDue(Found with { ReadAt = Now.AddDays(-7).AddMinutes(30) }, Now), Is.True);
        Assert.That(CatalogReading.IsDue(Found with { ReadAt = Now.AddDays(2) }, Now), Is.True, "A clock that was set back must not stop the reading.");
    }

    [Test]
    public void Leads_are_read_with_products_where_there_is_a_list_of_goods() => Assert.That(
        Enum.GetValues<CatalogOutcome>().Where(outcome => new CatalogReading(Now, outcome).AreLeadsReadWithProducts), Is.EqualTo([CatalogOutcome.Found]));

    [Test]
    public void Refusal_does_not_forget_a_list_that_was_there_and_its_end_does()
    {
        Assert.That(CatalogReading.After(Found, CatalogOutcome.Refused, Now), Is.EqualTo(new CatalogReading(Now, CatalogOutcome.Found)));
        Assert.That(CatalogReading.After(Found, CatalogOutcome.None, Now).Outcome, Is.EqualTo(CatalogOutcome.None));
        Assert.That(CatalogReading.After(null, CatalogOutcome.Refused, Now).Outcome, Is.EqualTo(CatalogOutcome.Refused));
    }

    [Test]
    public void List_that_appears_has_all_leads_looked_at_once()
    {
        var appeared = new CatalogReading(Now, CatalogOutcome.Found);
        Assert.That(CatalogReading.AsksWhole(null, appeared), Is.True);
        Assert.That(CatalogReading.AsksWhole(Found with { Outcome = CatalogOutcome.None }, appeared), Is.True);
        Assert.That(CatalogReading.AsksWhole(Found, appeared), Is.False);
        Assert.That(CatalogReading.AsksWhole(null, appeared with { Outcome = CatalogOutcome.None }), Is.False);
    }
}
