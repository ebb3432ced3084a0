using System.Net;

namespace AmoLtv.Sandbox.Tests;

/// <summary>The limits of the reference's section 3.2, told by the sandbox's clock.</summary>
internal sealed class RateTests : SandboxTest
{
    private static SandboxOptions SevenASecond => Still with { Rate = 7 };

    [Test]
    public async Task Eighth_request_within_a_second_is_429_and_passes_a_second_later()
    {
        var (server, caller) = await StartInstalledAsync(SevenASecond);
        var statuses = await StatusesAsync(caller, 8);
        server.State.Clock.Advance(TimeSpan.FromSeconds(1.01));
        var later = await StatusesAsync(caller, 1);
        Assert.Multiple(() =>
        {
            Assert.That(statuses[..7], Is.All.EqualTo(HttpStatusCode.OK));
            Assert.That(statuses[7], Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(later[0], Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Window_slides_so_a_burst_over_its_border_does_not_pass()
    {
        var (server, caller) = await StartInstalledAsync(SevenASecond);
        await StatusesAsync(caller, 3);
        server.State.Clock.Advance(TimeSpan.FromSeconds(0.6));
        await StatusesAsync(caller, 4);
        server.State.Clock.Advance(TimeSpan.FromSeconds(0.5));
        var statuses = await StatusesAsync(caller, 4);
        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests }));
    }

    [Test]
    public async Task Time_scale_speeds_the_limit_up()
    {
        // The clock stands while the code is exchanged, and its token outlives the test: a day takes a minute and a half.
        var (server, caller) = await StartInstalledAsync(SevenASecond);
        server.State.Clock.Scale = 1000;
        for (var second = 0; second < 6; second++)
        {
            Assert.That(await StatusesAsync(caller, 7), Is.All.EqualTo(HttpStatusCode.OK));
            var next = server.State.Clock.Now + TimeSpan.FromSeconds(1);
            while (server.State.Clock.Now < next)
            {
                // A thousandth of a second.
                await Task.Yield();
            }
        }
    }

    [Test]
    public async Task Fiftieth_violation_within_ten_seconds_blocks_for_a_minute()
    {
        var (server, caller) = await StartInstalledAsync(SevenASecond);
        var statuses = await StatusesAsync(caller, 7 + 50 + 1);
        server.State.Clock.Advance(TimeSpan.FromSeconds(30));
        var during = await StatusesAsync(caller, 1);
        server.State.Clock.Advance(TimeSpan.FromSeconds(31));
        var after = await StatusesAsync(caller, 1);
        Assert.Multiple(() =>
        {
            Assert.That(statuses[56], Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(statuses[57], Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(during[0], Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(after[0], Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Kommo_names_the_pause_and_amocrm_does_not()
    {
        foreach (var (brand, names) in new[] { (Brand.Kommo, true), (Brand.Amocrm, false) })
        {
            var (_, caller) = await StartInstalledAsync(SevenASecond with { Brand = brand });
            await StatusesAsync(caller, 7);
            using var answer = await caller.GetAsync("account");
            Assert.That((await Caller.JsonAsync(answer)).TryGetProperty("retry_after", out _), Is.EqualTo(names));
        }
    }

    [Test]
    public async Task Statistics_count_what_was_asked_and_how_it_was_answered()
    {
        var (_, caller) = await StartInstalledAsync(SevenASecond);
        using (await caller.Http.DeleteAsync("/sandbox/statistics"))
        {
            await StatusesAsync(caller, 9);
        }

        var statistics = await Caller.JsonAsync(await caller.Http.GetAsync("/sandbox/statistics"));
        Assert.Multiple(() =>
        {
            Assert.That(statistics.GetProperty("requests").GetInt32(), Is.EqualTo(9));
            Assert.That(statistics.GetProperty("throttled").GetInt32(), Is.EqualTo(2));
            Assert.That(statistics.GetProperty("byPath").GetProperty("GET /api/v4/account").GetInt32(), Is.EqualTo(9));
            Assert.That(statistics.GetProperty("firstRequestAt").GetDateTimeOffset(), Is.EqualTo(Now).Within(TimeSpan.FromSeconds(20)));
        });
    }

    [Test]
    public async Task Control_calls_are_neither_counted_nor_limited()
    {
        var (_, caller) = await StartInstalledAsync(SevenASecond);
        for (var call = 0; call < 20; call++)
        {
            await caller.ControlAsync("token");
        }

        Assert.That((await StatusesAsync(caller, 1))[0], Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Statistics_tell_the_highest_number_of_requests_in_any_window_refused_ones_too()
    {
        var (server, caller) = await StartInstalledAsync(SevenASecond);
        await StatusesAsync(caller, 4);
        server.State.Clock.Advance(TimeSpan.FromSeconds(0.6));
        await StatusesAsync(caller, 5);
        server.State.Clock.Advance(TimeSpan.FromSeconds(5));
        await StatusesAsync(caller, 2);
        var rate = (await Caller.JsonAsync(await caller.Http.GetAsync("/sandbox/statistics"))).GetProperty("rate");
        Assert.Multiple(() =>
        {
            Assert.That(rate.GetProperty("highest").GetInt32(), Is.EqualTo(9));
            Assert.That(rate.GetProperty("permitted").GetInt32(), Is.EqualTo(7));
            Assert.That(rate.GetProperty("highestByClient").GetProperty(Caller.Integration.ClientId).GetInt32(), Is.EqualTo(9));
        });
    }

    private static async Task<List<HttpStatusCode>> StatusesAsync(Caller caller, int count)
    {
        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < count; call++)
        {
            using var answer = await caller.GetAsync("account");
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
