using System.Net;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>
/// No account learns of another or changes anything of it: every endpoint of the API is asked with a neighbour in the tables that has rows
/// under exactly the numbers that are asked for, and without.
/// </summary>
[TestFixture, Category("Slow")]
public sealed class TenantIsolationTests
{
    /// <summary>Requests that would be answered alike if the account were not checked, each with its reason.</summary>
    private static readonly Dictionary<string, string> SaidAlike = new(StringComparer.Ordinal)
    {
        ["POST /api/sessions"] = "It says with a new token what the token that was shown says.",
    };

    private TwoAccounts _accounts = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _accounts = await TwoAccounts.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _accounts.DisposeAsync();

    [Test]
    public void Every_endpoint_of_the_API_has_a_request() =>
        Assert.That(_accounts.Routes, Is.EquivalentTo(ApiRequests.Routes));

    [TestCase(TwoAccounts.Bare)]
    [TestCase(TwoAccounts.Own)]
    public async Task Nothing_an_account_is_told_or_does_depends_on_another(string rows)
    {
        var alone = await _accounts.AloneAsync(rows);
        var (_, beside) = await _accounts.BesideAsync(rows);

        Assert.That(alone.Where(told => told.Value.Status == HttpStatusCode.InternalServerError), Is.Empty);
        Assert.That(
            from request in _accounts.Requests
            where beside[request].Status != alone[request].Status || beside[request].Words != alone[request].Words || beside[request].NeighboursTables.Count > 0
            select $"{request}\n  alone: {alone[request].Beside(beside[request])}\n  beside a neighbour: {beside[request].Beside(alone[request])}",
            Is.Empty);
    }

    /// <summary>Without a check of the account the caller is answered as the neighbour is: that has to be another answer, or a written row.</summary>
    [Test]
    public async Task Removed_check_of_the_account_would_be_noticed_on_every_endpoint()
    {
        var alone = await _accounts.AloneAsync(TwoAccounts.Bare);
        var (neighbour, _) = await _accounts.BesideAsync(TwoAccounts.Bare);

        var alike = from request in _accounts.Requests
                    where neighbour[request].Status == alone[request].Status && neighbour[request].Words == alone[request].Words && neighbour[request].NeighboursTables.Count == 0
                    select request.Name;
        Assert.That(alike, Is.EquivalentTo(SaidAlike.Keys));
    }
}
