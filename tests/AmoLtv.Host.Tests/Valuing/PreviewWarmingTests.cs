using AmoLtv.Host.Valuing.Previewing;

namespace AmoLtv.Host.Tests.Valuing;

[TestFixture]
public sealed class PreviewWarmingTests
{
    [Test]
    public void Made_leads_go_the_whole_way_of_a_preview()
    {
        var clients = PreviewWarming.Value();

        Assert.That(clients, Is.Not.Empty);
        Assert.That(clients, Has.All.Matches<PreviewClient>(client => client is { Leads.Count: > 0, New: not null }));
    }
}
