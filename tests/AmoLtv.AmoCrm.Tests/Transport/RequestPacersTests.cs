using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>Which accounts share a pacer, and what leaves the address of this process.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RequestPacersTests : IRequestPermits, IDisposable
{
    private static readonly CrmTransportOptions Options =
        new(RequestsPerSecond: 10, TimeSpan.FromSeconds(20), EgressPerSecond: 4, KommoEgressPerSecond: 2, Processes: 2);

    private readonly ManualTime _time = new();
    private readonly Circuits _circuits;
    private readonly List<(BudgetKey Key, CancellationToken End)> _asked = [];

    public RequestPacersTests() => _circuits = new Circuits(_time);

    public void Dispose() => _circuits.Dispose();

    public Task<PermitAnswer?> LeaseAsync(BudgetKey key, PermitDemand demand, CancellationToken cancellationToken)
    {
        _asked.Add((key, cancellationToken));
        var now = _time.GetUtcNow();
        var open = new OpenCircuit(CircuitCause.Blocked, null, now, now);
        return Task.FromResult<PermitAnswer?>(new PermitAnswer(now, now, now + (demand.Interval * demand.Slots), open));
    }

    public Task RestAsync(BudgetKey key, TimeSpan rest, CancellationToken cancellationToken) => Task.CompletedTask;

    [TestCase("client", "https://acme.amocrm.ru/anything", true)]
    [TestCase("other", "https://acme.amocrm.ru", false)]
    [TestCase("client", "https://other.amocrm.ru", false)]
    public void Integration_at_an_account_has_one_pacer(string clientId, string address, bool isSame)
    {
        using var pacers = new RequestPacers(Options, _time, _circuits);

        Assert.That(ReferenceEquals(pacers.For(Key("acme.amocrm.ru")), pacers.For(new BudgetKey(clientId, new Uri(address)))), Is.EqualTo(isSame));
    }

    // Of what may leave the address a second, each of two processes takes a half.
    [TestCase("https://a.amocrm.ru", "https://b.amocrm.ru", 2)]
    [TestCase("https://a.kommo.com", "https://b.amocrm.com", 1)]
    [TestCase("https://a.amocrm.ru", "https://b.kommo.com", 3)]
    [TestCase("http://localhost:5080", "https://b.amocrm.ru", 2)]
    public async Task Accounts_share_what_may_leave_the_address_apart_from_those_of_Kommo(string one, string other, int aSecond)
    {
        using var pacers = new RequestPacers(Options, _time, _circuits);
        var requests = new[] { one, other }
            .SelectMany(address => Enumerable.Range(0, 30).Select(_ => Wait(pacers, new BudgetKey("client", new Uri(address)))))
            .ToList();

        await _time.RunAsync(TimeSpan.FromSeconds(10));

        Assert.That(requests.Count(request => request.IsCompletedSuccessfully), Is.InRange((10 * aSecond) - 7, (10 * aSecond) + 2));
    }

    [Test]
    public async Task Rate_shared_with_other_processes_is_asked_for_by_its_account_and_answers_of_its_circuit()
    {
        using var pacers = new RequestPacers(Options, _time, _circuits, this);

        var request = Wait(pacers, Key("acme.amocrm.ru"));
        await _time.RunAsync(TimeSpan.FromSeconds(1));
        await request.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(_asked.Select(asked => asked.Key).Distinct(), Is.EqualTo([Key("acme.amocrm.ru")]));
        Assert.That(_circuits.For(Key("acme.amocrm.ru")).Current, Has.Property(nameof(OpenCircuit.Cause)).EqualTo(CircuitCause.Blocked));
    }

    [Test]
    public async Task Questions_to_other_processes_end_with_the_pacers()
    {
        var pacers = new RequestPacers(Options, _time, _circuits, this);
        var request = Wait(pacers, Key("acme.amocrm.ru"));
        await _time.RunAsync(TimeSpan.FromSeconds(1));
        await request.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(_asked[^1].End.IsCancellationRequested, Is.False);

        pacers.Dispose();

        Assert.That(_asked[^1].End.IsCancellationRequested, Is.True);
    }

    private static BudgetKey Key(string host) => new("client", new Uri("https://" + host));

    private static Task Wait(RequestPacers pacers, BudgetKey key) => pacers.For(key).WaitAsync(RequestLane.Batch, CancellationToken.None);
}
