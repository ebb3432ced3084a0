using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AmoLtv.AmoCrm.Tests.Client;
using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>One attempt: its turn, its time, and what is kept of it. The CRM is a function; time moves when it is told to.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PacingHandlerTests : IDisposable
{
    private static readonly BudgetKey Key = new("client", new Uri("https://acme.amocrm.ru"));
    private static readonly CircuitOpening Block = new(CircuitCause.Blocked, HttpStatusCode.Forbidden, "Blocked", "r1", null);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.2);

    private readonly ManualTime _time = new();
    private readonly RequestPacer _pacer;
    private readonly Circuit _circuit;
    private readonly ScriptedCrm.Lines _log = new();
    private readonly ConcurrentQueue<string> _sent = new();
    private Func<CancellationToken, Task<HttpResponseMessage>> _answer = _ => Answer(HttpStatusCode.OK);

    public PacingHandlerTests() => (_pacer, _circuit) = (new RequestPacer(6, _time), new Circuit(Key, store: null, _time));

    public void Dispose()
    {
        _pacer.Dispose();
        _circuit.Dispose();
    }

    [Test]
    public async Task Person_waits_five_seconds_for_a_turn_and_no_longer()
    {
        _pacer.Pause(TimeSpan.FromMinutes(1));
        var card = Send(RequestLane.Interactive);

        await _time.RunAsync(TimeSpan.FromSeconds(4.9));
        Assert.That(card.IsCompleted, Is.False);

        await _time.RunAsync(Moment);
        Assert.That(() => card.WaitAsync(Patience), Throws.TypeOf<NoPermitException>());
        Assert.That(_sent, Is.Empty);
    }

    [Test]
    public async Task Night_waits_for_its_turn_as_long_as_it_takes()
    {
        _pacer.Pause(TimeSpan.FromMinutes(1));
        var night = Send(RequestLane.Batch);

        await _time.RunAsync(TimeSpan.FromSeconds(59.9));
        Assert.That(_sent, Is.Empty);

        await _time.RunAsync(Moment);
        await night.WaitAsync(Patience);
    }

    [Test]
    public async Task Who_gave_up_is_not_told_that_there_was_no_turn([Values] RequestLane lane)
    {
        _pacer.Pause(TimeSpan.FromMinutes(1));
        using var impatience = new CancellationTokenSource();
        var call = Send(lane, cancellationToken: impatience.Token);

        await impatience.CancelAsync();

        Assert.That(() => call.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    // Of what is longer than a minute the account's circuit knows.
    [TestCase(null, null, 1)]
    [TestCase("3", null, 3)]
    [TestCase("60", null, 60)]
    [TestCase("61", null, 1)]
    [TestCase(null, "0.5", 1)]
    public async Task Whole_rate_rests_after_a_429_for_a_second_or_what_the_CRM_asked_for(string? header, string? body, int seconds)
    {
        _answer = _ => Throttled(header, body);
        await Send(RequestLane.Batch).WaitAsync(Patience);
        _answer = _ => Answer(HttpStatusCode.OK);
        var next = Send(RequestLane.Batch, "api/v4/leads/2");

        await _time.RunAsync(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.That(_sent, Has.Count.EqualTo(1));

        await _time.RunAsync(Moment);
        await next.WaitAsync(Patience);
    }

    [TestCase("GET", "api/v4/leads", false)]
    [TestCase("PATCH", "api/v4/account", false)]
    [TestCase("GET", "api/v4/account", true)]
    [TestCase("POST", "oauth2/access_token", true)]
    public async Task Circuit_that_opened_while_a_request_waited_lets_through_what_may_close_it(string method, string path, bool isSent)
    {
        _pacer.Pause(TimeSpan.FromSeconds(1));
        var call = Send(RequestLane.Batch, path, new HttpMethod(method));
        await _circuit.OpenAsync(Block, CancellationToken.None);

        await _time.RunAsync(TimeSpan.FromSeconds(1.1));

        Assert.That(
            () => call.WaitAsync(Patience),
            isSent ? Throws.Nothing : Throws.TypeOf<CircuitOpenException>().With.Property(nameof(CircuitOpenException.Open)).EqualTo(_circuit.Current));
        Assert.That(_sent, Has.Count.EqualTo(isSent ? 1 : 0));
    }

    [Test]
    public async Task Circuit_counts_refusals_in_a_row()
    {
        _answer = _ => Throttled(null, null);
        for (var refusal = 0; refusal < CircuitRule.ThrottledInARow; refusal++)
        {
            Assert.That(await _circuit.ThrottledAsync(Block, CancellationToken.None), Is.Null);
            var call = Send(RequestLane.Batch);
            await _time.RunAsync(TimeSpan.FromSeconds(1.2));
            await call.WaitAsync(Patience);
        }

        Assert.That(await _circuit.ThrottledAsync(Block, CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task Silence_is_a_timeout_and_kept_as_one()
    {
        _answer = Silence;
        var call = Send(RequestLane.Batch);
        AwaitSent();

        await _time.RunAsync(TimeSpan.FromSeconds(19.9));
        Assert.That(call.IsCompleted, Is.False);

        await _time.RunAsync(Moment);
        Assert.That(() => call.WaitAsync(Patience), Throws.TypeOf<TimeoutException>().With.Message.EqualTo("No answer within 20 seconds."));
        Assert.That(_log.All.Single(), Has.Property(nameof(CrmExchange.Failure)).EqualTo(CrmFailure.Timeout).And.Property(nameof(CrmExchange.Status)).Null);
    }

    [TestCase(typeof(HttpRequestException))]
    [TestCase(typeof(SocketException))]
    public void CRM_that_cannot_be_reached_is_kept_as_that(Type failure)
    {
        _answer = _ => throw (Exception)Activator.CreateInstance(failure)!;

        Assert.That(() => Send(RequestLane.Batch).WaitAsync(Patience), Throws.TypeOf<HttpRequestException>());
        Assert.That(_log.All.Single().Failure, Is.EqualTo(CrmFailure.Unreachable));
    }

    [Test]
    public async Task Call_that_its_caller_gave_up_is_kept_without_a_failure()
    {
        _answer = Silence;
        using var impatience = new CancellationTokenSource();
        var call = Send(RequestLane.Batch, cancellationToken: impatience.Token);
        AwaitSent();

        await impatience.CancelAsync();

        Assert.That(() => call.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_log.All.Single(), Has.Property(nameof(CrmExchange.Failure)).Null.And.Property(nameof(CrmExchange.Status)).Null);
    }

    [Test]
    public async Task Attempt_is_kept_with_its_time_without_the_wait_for_its_turn()
    {
        _pacer.Pause(TimeSpan.FromSeconds(2));
        var begun = _time.GetUtcNow();
        _answer = async _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            var response = await Answer(HttpStatusCode.NotFound);
            response.Headers.Add("X-Request-Id", "r7");
            return response;
        };
        var call = Send(RequestLane.Interactive, "api/v4/leads/1?query=Ivanov");

        await _time.RunAsync(TimeSpan.FromSeconds(2));
        await call.WaitAsync(Patience);

        Assert.That(_log.All, Is.EqualTo([new CrmExchange(
            Key, begun.AddSeconds(2), "GET", "/api/v4/leads/1?query=…", 404, null, TimeSpan.FromSeconds(3), "r7", 1, RequestLane.Interactive)]));
    }

    [Test]
    public async Task Words_of_an_error_are_read_within_the_attempt()
    {
        _answer = _ => Answer(HttpStatusCode.BadRequest, new StringContent("why"));

        using var response = await Send(RequestLane.Batch).WaitAsync(Patience);

        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(3));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("why"));
    }

    [Test]
    public async Task Error_whose_words_do_not_end_is_that_error_without_them()
    {
        _answer = _ => Answer(HttpStatusCode.BadGateway, new EndlessContent(_time));
        var call = Send(RequestLane.Batch);
        AwaitSent();

        await _time.RunAsync(TimeSpan.FromSeconds(20.1));
        using var response = await call.WaitAsync(Patience);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Tokens_that_do_not_end_are_a_timeout()
    {
        _answer = _ => Answer(HttpStatusCode.OK, new EndlessContent(_time));
        var call = Send(RequestLane.Batch, "oauth2/access_token", HttpMethod.Post);
        AwaitSent();

        await _time.RunAsync(TimeSpan.FromSeconds(20.1));

        Assert.That(() => call.WaitAsync(Patience), Throws.TypeOf<TimeoutException>());
    }

    [Test]
    public async Task Body_of_an_answer_is_left_to_who_reads_it()
    {
        _answer = _ => Answer(HttpStatusCode.OK, new EndlessContent(_time));

        using var response = await Send(RequestLane.Batch).WaitAsync(Patience);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status, HttpContent? content = null) =>
        Task.FromResult(new HttpResponseMessage(status) { Content = content ?? new ByteArrayContent([]) });

    private static async Task<HttpResponseMessage> Throttled(string? header, string? seconds)
    {
        var response = await Answer(
            HttpStatusCode.TooManyRequests,
            new StringContent($$"""{"retry_after":{{seconds ?? "null"}}}""", MediaTypeHeaderValue.Parse("application/problem+json")));
        if (header is not null)
        {
            response.Headers.Add("Retry-After", header);
        }

        return response;
    }

    private static async Task<HttpResponseMessage> Silence(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Nobody gave up.");
    }

    /// <summary>Until the CRM was asked: from then on the attempt's time runs, and may be moved.</summary>
    private void AwaitSent() => Assert.That(() => _sent.Count, Is.EqualTo(1).After(30_000, 1));

    private async Task<HttpResponseMessage> Send(
        RequestLane lane, string path = "api/v4/leads/1", HttpMethod? method = null, CancellationToken cancellationToken = default)
    {
        var line = new AccountLine(Key, _pacer, _circuit);
        using var handler = new PacingHandler(line, lane, TimeSpan.FromSeconds(20), _time, _log, new Crm(this));
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Key.BaseAddress, path));
        return await client.SendAsync(request, cancellationToken);
    }

    private sealed class Crm(PacingHandlerTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._sent.Enqueue(request.RequestUri!.AbsolutePath);
            return test._answer(cancellationToken);
        }
    }

    /// <summary>A body that goes on for an hour.</summary>
    private sealed class EndlessContent(TimeProvider time) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            Task.Delay(TimeSpan.FromHours(1), time, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
