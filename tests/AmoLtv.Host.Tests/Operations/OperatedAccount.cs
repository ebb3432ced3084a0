using System.Text.Json;
using AmoLtv.Host.Tests.Callers;
using AmoLtv.Host.Tests.WritingBack;

namespace AmoLtv.Host.Tests.Operations;

/// <summary>A valued account of a sandbox, and its administrator at the pages.</summary>
internal sealed class OperatedAccount(WrittenAccount written, string token) : IAsyncDisposable
{
    public WrittenAccount Written => written;

    public HostServer Server => written.Server;

    public static async Task<OperatedAccount> CreateAsync()
    {
        var written = await WrittenAccount.CreateAsync();
        await written.EnableAsync();
        return new OperatedAccount(written, await PageSession.PageTokenAsync(written.Server, PageSession.Admin(written.Server)));
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null) =>
        PageSession.SendAsync(Server, method, "api/operations/" + path, token, body);

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        answer.EnsureSuccessStatusCode();
        return await PageSession.ReadAsync(answer);
    }

    /// <returns>The request as it was taken.</returns>
    public async Task<JsonElement> AskAsync(string kind, long? undoes = null)
    {
        using var answer = await SendAsync(HttpMethod.Post, "requests", new { kind, undoes });
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        return await PageSession.ReadAsync(answer);
    }

    /// <summary>Asks, and waits until the run is over.</summary>
    public async Task<JsonElement> DoAsync(string kind, long? undoes = null)
    {
        var run = await BegunAsync((await AskAsync(kind, undoes)).GetProperty("id").GetInt64());
        return await OverAsync(run);
    }

    /// <summary>The run that answers a request, as soon as it begins.</summary>
    public async Task<long> BegunAsync(long request)
    {
        long? run = null;
        await HostServer.EventuallyAsync(async () =>
        {
            var answer = (await GetAsync($"requests/{request}")).GetProperty("run");
            run = answer.ValueKind == JsonValueKind.Number ? answer.GetInt64() : null;
            return run is not null;
        });
        return run!.Value;
    }

    public async Task<JsonElement> OverAsync(long run)
    {
        JsonElement answer = default;
        await HostServer.EventuallyAsync(async () =>
        {
            answer = await GetAsync($"runs/{run}");
            return answer.GetProperty("status").GetString() != "running";
        });
        return answer;
    }

    public ValueTask DisposeAsync() => written.DisposeAsync();
}
