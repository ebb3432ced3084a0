using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RequestPacerTests
{
    private readonly ManualTime _time = new();

    [Test]
    public async Task Waiting_batch_reaches_the_permitted_rate()
    {
        var pacer = new RequestPacer(6, _time);
        var requests = Enumerable.Range(0, 601).Select(_ => pacer.WaitAsync(RequestLane.Batch, CancellationToken.None)).ToList();

        await _time.RunAsync(TimeSpan.FromSeconds(100));

        Assert.That(requests.Count(request => request.IsCompletedSuccessfully), Is.InRange(599, 601));
    }

    [Test]
    public async Task Interactive_call_goes_before_every_waiting_batch_call()
    {
        var pacer = new RequestPacer(1, _time);
        await pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);
        var batch = Enumerable.Range(0, 5).Select(_ => pacer.WaitAsync(RequestLane.Batch, CancellationToken.None)).ToList();
        var card = pacer.WaitAsync(RequestLane.Interactive, CancellationToken.None);

        await _time.RunAsync(TimeSpan.FromSeconds(1));

        await card.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(batch, Has.All.Property(nameof(Task.IsCompleted)).False);
    }

    [Test]
    public async Task Caller_who_gives_up_takes_no_turn()
    {
        var pacer = new RequestPacer(1, _time);
        await pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);
        using var impatience = new CancellationTokenSource();
        var gone = pacer.WaitAsync(RequestLane.Batch, impatience.Token);
        var next = pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);

        await impatience.CancelAsync();
        await _time.RunAsync(TimeSpan.FromSeconds(1));

        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task Nothing_goes_while_the_CRM_asked_for_rest()
    {
        var pacer = new RequestPacer(6, _time);
        await pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);
        pacer.Pause(TimeSpan.FromSeconds(10));
        var request = pacer.WaitAsync(RequestLane.Interactive, CancellationToken.None);

        await _time.RunAsync(TimeSpan.FromSeconds(9.9));
        Assert.That(request.IsCompleted, Is.False);

        await _time.RunAsync(TimeSpan.FromSeconds(0.2));
        await request.WaitAsync(TimeSpan.FromSeconds(30));
    }
    [Test]
    public async Task Shorter_rest_does_not_end_a_longer_one()
    {
        var pacer = new RequestPacer(6, _time);
        await pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);
        pacer.Pause(TimeSpan.FromSeconds(10));
        pacer.Pause(TimeSpan.FromSeconds(1));
        var request = pacer.WaitAsync(RequestLane.Batch, CancellationToken.None);

        await _time.RunAsync(TimeSpan.FromSeconds(9.9));
        Assert.That(request.IsCompleted, Is.False);

        await _time.RunAsync(TimeSpan.FromSeconds(0.2));
        await request.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
