using System.Net;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CircuitTests : IDisposable
{
    private static readonly CircuitOpening Block = new(CircuitCause.Blocked, HttpStatusCode.Forbidden, null, "r1", null);
    private readonly ManualTime _time = new();
    private readonly Circuit _circuit;

    public CircuitTests() => _circuit = new Circuit(new BudgetKey("client", new Uri("https://acme.amocrm.ru")), store: null, _time);

    public void Dispose() => _circuit.Dispose();

    [TestCase(402, true, false, CircuitCause.Unpaid)]
    [TestCase(403, false, false, CircuitCause.Blocked)]
    [TestCase(403, false, true, CircuitCause.Blocked)]
    [TestCase(403, true, false, CircuitCause.Blocked)]
    [TestCase(429, false, false, CircuitCause.Throttled)]
    public void Answer_that_may_concern_the_account_is_suspected(int status, bool isFromApi, bool isInUsersName, CircuitCause cause) =>
        Assert.That(CircuitRule.Suspicion((HttpStatusCode)status, isFromApi, isInUsersName), Is.EqualTo(cause));

    [TestCase(403, true, true)]
    [TestCase(401, true, false)]
    [TestCase(404, true, false)]
    [TestCase(500, false, false)]
    public void Answer_that_concerns_a_user_or_a_moment_is_not(int status, bool isFromApi, bool isInUsersName) =>
        Assert.That(CircuitRule.Suspicion((HttpStatusCode)status, isFromApi, isInUsersName), Is.Null);

    [Test]
    public async Task Suspicion_holds_only_where_the_account_itself_is_refused_too()
    {
        Assert.That(await _circuit.ConfirmAsync(Block, () => Task.FromResult<bool?>(true), CancellationToken.None), Is.Null);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await _circuit.ConfirmAsync(Block, () => Task.FromResult<bool?>(null), CancellationToken.None), Is.Null, "Nothing was found out.");
        Assert.That(await _circuit.ConfirmAsync(Block, () => Task.FromResult<bool?>(false), CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task Account_that_has_just_answered_is_not_asked_for_every_refusal()
    {
        var asked = 0;
        for (var refusal = 0; refusal < 10; refusal++)
        {
            await _circuit.ConfirmAsync(Block, () => Task.FromResult<bool?>(++asked > 0), CancellationToken.None);
        }

        Assert.That(asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Open_circuit_lets_nothing_through_but_one_probe_when_it_is_due()
    {
        await _circuit.OpenAsync(Block, CancellationToken.None);
        Assert.That(() => PassAsync(isProbe: true), Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(CrmFailure.Blocked));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(() => PassAsync(isProbe: false), Throws.TypeOf<CrmException>(), "Only the account itself is asked.");
        Assert.That(() => PassAsync(isProbe: true), Throws.Nothing);
        Assert.That(() => PassAsync(isProbe: true), Throws.TypeOf<CrmException>(), "One probe a time.");
    }

    [Test]
    public async Task Probes_become_rarer()
    {
        await _circuit.OpenAsync(Block, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(1));
        await PassAsync(isProbe: true);
        await _circuit.OpenAsync(Block, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.That(() => PassAsync(isProbe: true), Throws.TypeOf<CrmException>());

        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.That(() => PassAsync(isProbe: true), Throws.Nothing);
    }

    [Test]
    public async Task Circuit_closes_when_the_account_answers()
    {
        await _circuit.OpenAsync(Block, CancellationToken.None);
        await _circuit.SucceededAsync(isProbe: false, CancellationToken.None);
        Assert.That(_circuit.Current, Is.Not.Null, "A call that was under way says nothing.");

        await _circuit.SucceededAsync(isProbe: true, CancellationToken.None);

        Assert.That(() => PassAsync(isProbe: false), Throws.Nothing);
    }

    [Test]
    public async Task Long_rest_that_the_CRM_asks_for_is_kept()
    {
        var opening = new CircuitOpening(CircuitCause.Throttled, HttpStatusCode.TooManyRequests, null, null, TimeSpan.FromSeconds(300));

        var open = await _circuit.ThrottledAsync(opening, CancellationToken.None);

        Assert.That(open!.ProbeAt - open.OpenedAt, Is.EqualTo(TimeSpan.FromSeconds(300)));
    }

    [Test]
    public async Task Single_429_opens_nothing_and_a_run_of_them_does()
    {
        var opening = new CircuitOpening(CircuitCause.Throttled, HttpStatusCode.TooManyRequests, null, null, null);
        _circuit.Answered(HttpStatusCode.TooManyRequests);
        Assert.That(await _circuit.ThrottledAsync(opening, CancellationToken.None), Is.Null);
        _circuit.Answered(HttpStatusCode.OK);
        for (var attempt = 0; attempt < CircuitRule.ThrottledInARow; attempt++)
        {
            _circuit.Answered(HttpStatusCode.TooManyRequests);
        }

        Assert.That(await _circuit.ThrottledAsync(opening, CancellationToken.None), Is.Not.Null);
    }

    private Task PassAsync(bool isProbe) => _circuit.PassAsync("Reading", isProbe, CancellationToken.None);
}
