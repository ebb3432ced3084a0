using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using AmoLtv.Host.Webhooks;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;

namespace AmoLtv.Host.Tests.Crashing;

/// <summary>A short flood of hooks, and a kill in its middle: what was answered is there.</summary>
[TestFixture, Category("Slow")]
public sealed class KilledHookTests
{
    private const int Senders = 16;
    private const int AnsweredBeforeTheKill = 1500;

    [Test]
    public async Task Hook_that_was_answered_outlives_the_process()
    {
        await using var account = await ConnectedAccount.CreateAsync(new SandboxOptions { Companies = 1, Leads = 1 }.Hurried());
        var secret = HookSecret.Make();
        await using (var connection = await account.Database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into webhook_subscriptions (account_id, secret, secret_hash, status, not_before)
                select account_id, '', @Hash, 'active', 'infinity' from accounts
                """,
                new { Hash = HookSecret.Hash(secret) });
        }

        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var service = account.Start("serve", "--urls", address.ToString());
        using var http = new HttpClient { BaseAddress = address };
        await HostServer.EventuallyAsync(async () => await IsReadyAsync(http));
        var answered = new ConcurrentBag<long>();
        var refused = new ConcurrentBag<HttpStatusCode>();
        using var ended = new CancellationTokenSource();

        var flood = Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(http, secret, sender, answered, refused, ended.Token)));
        await HostServer.EventuallyAsync(() => Task.FromResult(answered.Count >= AnsweredBeforeTheKill));
        await service.KillAsync();
        await ended.CancelAsync();
        await flood;

        await using var after = await account.Database.OpenConnectionAsync();
        var kept = (await after.QueryAsync<long>("select entity_id from change_marks")).ToHashSet();
        Assert.That(refused, Is.Empty);
        Assert.That(answered.Where(id => !kept.Contains(id)), Is.Empty, $"Of {answered.Count} answered hooks.");
    }

    private static async Task SendAsync(
        HttpClient http, string secret, int sender, ConcurrentBag<long> answered, ConcurrentBag<HttpStatusCode> refused, CancellationToken ended)
    {
        for (var id = sender + 1L; !ended.IsCancellationRequested; id += Senders)
        {
            try
            {
                using var content = new StringContent(
                    string.Create(CultureInfo.InvariantCulture, $"leads[status][0][id]={id}&leads[status][0][updated_at]=1700000000"),
                    Encoding.UTF8, "application/x-www-form-urlencoded");
                using var answer = await http.PostAsync("hooks/amo/" + secret, content, ended);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    answered.Add(id);
                }
                else
                {
                    refused.Add(answer.StatusCode);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                // The process is gone: nothing was answered.
                return;
            }
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
