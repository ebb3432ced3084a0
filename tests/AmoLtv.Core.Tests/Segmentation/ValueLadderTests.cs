using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using static AmoLtv.Core.Tests.Segmentation.Bases;

namespace AmoLtv.Core.Tests.Segmentation;

public sealed class ValueLadderTests
{
    [Test]
    public void A_small_base_says_each_clients_place_exactly()
    {
        var ladder = ValueLadder.Of([Client(1, 60).Figures, Client(2, 40).Figures, Client(3, 20).Figures, Client(4, null).Figures]);

        Assert.That(new[] { 60m, 40m, 20m, 0m }.Select(ladder.TopPercent), Is.EqualTo(new[] { 25.0, 50, 75, 100 }));
    }

    [Test]
    public void Equal_clients_share_the_best_place() =>
        Assert.That(ValueLadder.Of([Client(1, 50).Figures, Client(2, 50).Figures]).TopPercent(50), Is.EqualTo(50));

    [Test]
    public void Contacts_of_companies_have_no_place() =>
        Assert.That(ValueLadder.Of([Client(1, 50).Figures, Client(2, 90, scope: CustomerScope.Contact).Figures]).Values, Is.EqualTo(new[] { 50m }));

    [Test]
    public void A_large_base_is_told_to_a_tenth_of_a_percent()
    {
        const int Clients = 25_000;
        var ladder = ValueLadder.Of(Enumerable.Range(1, Clients).Select(id => Client(id, id).Figures));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ladder.Values, Has.Count.EqualTo(ValueLadder.Longest));
            foreach (var rank in new[] { 1, 26, 1250, 12_500, Clients })
            {
                Assert.That(ladder.TopPercent(Clients + 1 - rank), Is.EqualTo(100.0 * rank / Clients).Within(0.1));
            }
        }
    }
}
