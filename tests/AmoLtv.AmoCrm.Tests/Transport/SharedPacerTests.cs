using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>The pacer that waits, with a schedule that answers as told.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedPacerTests : IRequestPermits
{
    private static readonly BudgetKey Key = new("client", new Uri("https://acme.amocrm.ru"));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new();
    private readonly List<PermitDemand> _asked = [];
    private readonly List<OpenCircuit?> _learned = [];
    private readonly List<TimeSpan> _rests = [];
    private Func<PermitDemand, Task<PermitAnswer?>> _answer = _ => Task.FromResult<PermitAnswer?>(null);

    public Task<PermitAnswer?> LeaseAsync(BudgetKey key, PermitDemand demand, CancellationToken cancellationToken)
    {
        _asked.Add(demand);
        return _answer(demand);
    }

    public Task RestAsync(BudgetKey key, TimeSpan rest, CancellationToken cancellationToken)
    {
        _rests.Add(rest);
        return Task.CompletedTask;
    }

    [Test]
    public async Task Requests_go_at_leased_slots_and_not_before()
    {
        _answer = demand => Answer(demand, startsIn: TimeSpan.FromSeconds(2));
        using var pacer = Pacer();
        var request = pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);

        await _time.RunAsync(TimeSpan.FromSeconds(1.9));
        Assert.That(request.IsCompleted, Is.False);

        await _time.RunAsync(TimeSpan.FromSeconds(0.2));
        await request.WaitAsync(Patience);
    }

    [Test]
    public async Task Person_asks_at_once_where_the_night_was_told_to_come_back_later()
    {
        _answer = demand => demand.IsUrgent ? Answer(demand, TimeSpan.FromSeconds(1.5)) : Refuse(TimeSpan.FromMinutes(1));
        using var pacer = Pacer();
        var night = pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);
        await _time.RunAsync(TimeSpan.FromSeconds(1));
        var card = pacer.WaitAsync(RequestLane.Interactive, CancellationToken.None);
        Assert.That(() => _asked, Has.Count.EqualTo(2).After(30_000, 5));

        await _time.RunAsync(TimeSpan.FromSeconds(1.6));

        await card.WaitAsync(Patience);
        Assert.That(night.IsCompleted, Is.False);
        Assert.That(_asked[^1], Has.Property(nameof(PermitDemand.IsUrgent)).True.And.Property(nameof(PermitDemand.Slots)).EqualTo(1));
    }

    [Test]
    public async Task Card_goes_though_the_schedule_cannot_be_asked()
    {
        using var pacer = Pacer();

        var card = pacer.WaitAsync(RequestLane.Interactive, CancellationToken.None);
        await _time.RunAsync(TimeSpan.FromSeconds(0.1));

        await card.WaitAsync(Patience);
    }

    [Test]
    public async Task Card_goes_though_the_schedule_fails()
    {
        _answer = _ => Task.FromException<PermitAnswer?>(new InvalidOperationException());
        using var pacer = Pacer();

        var card = pacer.WaitAsync(RequestLane.Interactive, CancellationToken.None);
        await _time.RunAsync(TimeSpan.FromSeconds(0.1));

        await card.WaitAsync(Patience);
    }

    [Test]
    public async Task Answer_tells_of_the_circuit_and_a_pause_is_told_to_the_others()
    {
        var open = new OpenCircuit(CircuitCause.Blocked, null, _time.GetUtcNow(), _time.GetUtcNow());
        _answer = async demand => (await Answer(demand, TimeSpan.Zero))! with { Circuit = open };
        using var pacer = Pacer();
        await pacer.WaitAsync(RequestLane.Batch, CancellationToken.None).WaitAsync(Patience);

        pacer.Pause(TimeSpan.FromSeconds(3));

        Assert.That(() => _learned, Is.EqualTo([open]).After(30_000, 5));
        Assert.That(_rests, Is.EqualTo([TimeSpan.FromSeconds(3)]));
    }

    [Test]
    public async Task All_accounts_together_keep_to_what_may_leave_this_address()
    {
        using var egress = new RequestPacer(10, _time);
        var pacers = Enumerable.Range(0, 5).Select(_ => new RequestPacer(6, _time, shared: null, egress)).ToList();
        var requests = pacers.SelectMany(pacer => Enumerable.Range(0, 40).Select(_ => pacer.WaitAsync(RequestLane.Batch, CancellationToken.None))).ToList();

        await _time.RunAsync(TimeSpan.FromSeconds(10));

        Assert.That(requests.Count(request => request.IsCompletedSuccessfully), Is.InRange(61, 101), "Five accounts could send 300, one alone 60.");
    }

    [Test]
    public async Task Person_passes_nights_of_other_accounts_on_the_way_out()
    {
        using var egress = new RequestPacer(1, _time);
        var nights = Enumerable.Range(0, 8).Select(_ => new RequestPacer(6, _time, shared: null, egress).WaitAsync(RequestLane.Batch, CancellationToken.None)).ToList();
        await _time.RunAsync(TimeSpan.FromSeconds(0.1));
        var own = new RequestPacer(6, _time, shared: null, egress);
        var night = own.WaitAsync(RequestLane.Batch, CancellationToken.None);
        await _time.RunAsync(TimeSpan.FromSeconds(0.1));
        var card = own.WaitAsync(RequestLane.Interactive, CancellationToken.None);

        for (var step = 0; step < 16 && !card.IsCompleted; step++)
        {
            // It changes queues by a thread of the pool, which no timer tells of.
            await Task.Delay(50);
            await _time.RunAsync(TimeSpan.FromSeconds(0.25));
        }

        await card.WaitAsync(Patience);
        Assert.That(night.IsCompleted, Is.False);
        Assert.That(nights.Count(request => request.IsCompletedSuccessfully), Is.LessThan(6), "Eight had come before it.");
    }

    private RequestPacer Pacer() => new(6, _time, new SharedRate(Key, this, Processes: 1, _learned.Add));

    private Task<PermitAnswer?> Answer(PermitDemand demand, TimeSpan startsIn)
    {
        var start = _time.GetUtcNow() + startsIn;
        return Task.FromResult<PermitAnswer?>(new PermitAnswer(_time.GetUtcNow(), start, start + (demand.Interval * demand.Slots), null));
    }

    private Task<PermitAnswer?> Refuse(TimeSpan freeIn) =>
        Task.FromResult<PermitAnswer?>(new PermitAnswer(_time.GetUtcNow(), null, _time.GetUtcNow() + freeIn, null));
}
