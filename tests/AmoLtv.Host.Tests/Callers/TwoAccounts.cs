using AmoLtv.Core.Identity;
using AmoLtv.Sandbox;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>
/// An account that asks, and a neighbour which has rows under exactly the numbers that are asked for: those that the account itself had in
/// another life. Each time a new process of the service answers, so that none remembers what it told before.
/// </summary>
internal sealed class TwoAccounts : IAsyncDisposable
{
    /// <summary>Rows of an account that is connected and of which nothing was read yet.</summary>
    public const string Bare = "bare";

    /// <summary>Rows of an account with data of its own, others than the neighbour's under the same numbers.</summary>
    public const string Own = "own";

    private const string Neighbours = "neighbours";

    private readonly HostServer _server;
    private readonly HeldRows _rows;
    private readonly Dictionary<string, Task<IReadOnlyDictionary<ApiRequest, Told>>> _alone = [];
    private readonly Dictionary<string, Task<(IReadOnlyDictionary<ApiRequest, Told> Neighbour, IReadOnlyDictionary<ApiRequest, Told> Caller)>> _beside = [];

    private TwoAccounts(HostServer server, HeldRows rows) => (_server, _rows) = (server, rows);

    public ApiCaller Caller { get; private set; } = null!;

    public ApiCaller Neighbour { get; private set; } = null!;

    public IReadOnlyList<ApiRequest> Requests { get; private set; } = [];

    /// <summary>Names of the service's endpoints.</summary>
    public IReadOnlyList<string> Routes { get; private set; } = [];

    public static async Task<TwoAccounts> StartAsync()
    {
        var server = await HostServer.StartAsync(new SandboxOptions { Companies = 12, Leads = 120, Months = 14, Rate = 1000 });
        var accounts = new TwoAccounts(server, await HeldRows.CreateAsync(server.Configuration["Database:ConnectionString"]!));
        await server.InstallAsync();
        await accounts._rows.KeepAsync(Bare, server.Account);
        await accounts.FillAsync();
        accounts.Routes = [.. ApiRoutes.Of(server.Services).Select(ApiRoutes.Name)];
        // What it does of its own accord would write rows between the requests.
        await server.EndAsync();
        return accounts;
    }

    /// <summary>What the account is told while it is the only one.</summary>
    /// <param name="rows"><see cref="Bare"/> or <see cref="Own"/>.</param>
    public Task<IReadOnlyDictionary<ApiRequest, Told>> AloneAsync(string rows) =>
        _alone.TryGetValue(rows, out var told) ? told : _alone[rows] = AskAloneAsync(rows);

    /// <summary>What the neighbour is told, and then, by the same process, the account beside it.</summary>
    /// <param name="rows"><see cref="Bare"/> or <see cref="Own"/>.</param>
    public Task<(IReadOnlyDictionary<ApiRequest, Told> Neighbour, IReadOnlyDictionary<ApiRequest, Told> Caller)> BesideAsync(string rows) =>
        _beside.TryGetValue(rows, out var told) ? told : _beside[rows] = AskBesideAsync(rows);

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task FillAsync()
    {
        await FilledAccount.FillAsync(_server);
        Caller = await SignInAsync(_server.Account, _server.Sandbox.Address);
        Requests = ApiRequests.About(await FilledAccount.NamesAsync(_server, Caller.PageToken));
        await _rows.KeepAsync("before", _server.Account);
        await FilledAccount.ChangeAsync(_server);
        await _rows.KeepAsync(Own, _server.Account);

        var neighbour = new AccountId(_server.Account.Value + 1);
        await _rows.PutAsync(neighbour, "before");
        // The same sandbox by its other name: an address is one account's.
        var address = new UriBuilder(_server.Sandbox.Address) { Host = "localhost" }.Uri;
        await ExecuteAsync("update accounts set base_uri = @Address where account_id = @Account", new { Account = neighbour.Value, Address = address.GetLeftPart(UriPartial.Authority) });
        Neighbour = await SignInAsync(neighbour, address);
        await _rows.KeepAsync(Neighbours, neighbour);
        await _rows.KeepNumbersAsync();
    }

    private async Task<IReadOnlyDictionary<ApiRequest, Told>> AskAloneAsync(string rows)
    {
        await _rows.PutAsync(Neighbour.Account, null);
        await _rows.PutAsync(Caller.Account, rows);
        await using var service = await StartServiceAsync();
        return await AskAsync(service, Caller);
    }

    private async Task<(IReadOnlyDictionary<ApiRequest, Told> Neighbour, IReadOnlyDictionary<ApiRequest, Told> Caller)> AskBesideAsync(string rows)
    {
        await _rows.PutAsync(Neighbour.Account, Neighbours);
        await _rows.PutAsync(Caller.Account, rows);
        await using var service = await StartServiceAsync();
        // First the neighbour: whatever the process remembers then is the neighbour's.
        var neighbour = await AskAsync(service, Neighbour);
        return (neighbour, await AskAsync(service, Caller));
    }

    private async Task<IReadOnlyDictionary<ApiRequest, Told>> AskAsync(QuietService service, ApiCaller by)
    {
        await _rows.RestoreAsync([]);
        var told = new Dictionary<ApiRequest, Told>();
        foreach (var request in Requests)
        {
            var (status, body) = await service.AskAsync(request, by);
            var touched = await _rows.TouchedAsync();
            var ofNeighbour = touched.Where(one => one.Account == Neighbour.Account).Select(one => one.Table).ToList();
            told[request] = new Told(status, Told.Settle(body, request.Varying, service.StartedAt, by), ofNeighbour);
            await _rows.RestoreAsync(touched);
        }

        return told;
    }

    private Task<QuietService> StartServiceAsync() => QuietService.StartAsync(
        _server.Configuration.Append(new("Crm:ExtraHosts:1", Neighbour.Address.Authority)).Append(new("Crm:RequestsPerSecond", "7")));

    private async Task<ApiCaller> SignInAsync(AccountId account, Uri address)
    {
        var caller = await ApiCaller.CreateAsync(_server, account, address);
        // A code is good for a minute: these are asked with for longer.
        await ExecuteAsync("update session_codes set expires_at = now() + interval '1 hour'", null);
        return caller;
    }

    private async Task ExecuteAsync(string sql, object? parameters)
    {
        await using var connection = new NpgsqlConnection(_server.Configuration["Database:ConnectionString"]);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
