using AmoLtv.Core.Identity;
using AmoLtv.Host.Sheets;
using Npgsql;

namespace AmoLtv.Host.Tests.Sheets;

[TestFixture]
public sealed class ExportSlotsTests
{
    [Test]
    public void Files_take_a_fifth_of_the_pool_and_one_account_half_of_that()
    {
        using var database = NpgsqlDataSource.Create("Host=127.0.0.1;Maximum Pool Size=30");
        using var slots = new ExportSlots(database);
        var first = Enumerable.Range(0, 4).Select(_ => slots.Take(new AccountId(1))).ToList();
        var others = Enumerable.Range(2, 4).Select(number => slots.Take(new AccountId(number))).ToList();

        Assert.That(first.Select(slot => slot.IsAcquired), Is.EqualTo(new[] { true, true, true, false }));
        Assert.That(others.Select(slot => slot.IsAcquired), Is.EqualTo(new[] { true, true, true, false }));
        first[0].Dispose();
        Assert.That((slots.Take(new AccountId(9)).IsAcquired, slots.Take(new AccountId(1)).IsAcquired), Is.EqualTo((true, false)));
    }
}
