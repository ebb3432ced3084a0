using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Analytics;
using AmoLtv.Host.Running;
using AmoLtv.Host.Tests.Valuing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>An account as sync and valuation left it, and the analyses run over it.</summary>
internal sealed class AnalysedRows : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private long _run = 100;

    private AnalysedRows(AccountRows account, ServiceProvider services) => (Account, _services) = (account, services);

    public AccountRows Account { get; }

    public static async Task<AnalysedRows> CreateAsync(string connectionString, FixedTime time)
    {
        var account = await AccountRows.CreateAsync(connectionString, time);
        var services = new ServiceCollection()
            .AddLogging().AddSingleton<TimeProvider>(time).AddSingleton(NpgsqlDataSource.Create(connectionString)).AddSingleton(account.Settings)
            .AddSingleton<RunMemory>().AddAnalytics();
        return new AnalysedRows(account, services.BuildServiceProvider());
    }

    /// <summary>A lead that was won, with its responsible user.</summary>
    public async Task WinAsync(long lead, decimal price, string closed, long? company = null, long? contact = null, long? user = null, string? source = null)
    {
        await Account.WinAsync(lead, price, closed + "T10:00:00Z", company, contact, source);
        await SetAsync($"update leads set responsible_user_id = {User(user)} where account_id = @Account and lead_id = {lead}");
    }

    public Task CompanyAsync(long company, long? user, string fields = "{}") => SetAsync(
        $"""
        insert into companies (account_id, company_id, responsible_user_id, created_at, updated_at, fields)
        values (@Account, {company}, {User(user)}, '2020-01-01', '2020-01-01', '{fields}')
        """);

    public Task SetAsync(string sql) => Account.ExecuteAsync(sql);

    /// <summary>The step as the runner would take it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> AnalyseAsync(long? run = null, CancellationToken cancellationToken = default)
    {
        var epoch = await Account.ScalarAsync<long>("update accounts set epoch = epoch + 1 where account_id = @Account returning epoch");
        return await AnalyseAsync(run ?? ++_run, epoch, cancellationToken);
    }

    public Task<IReadOnlyDictionary<string, long>> AnalyseAsync(long run, long epoch, CancellationToken cancellationToken = default) =>
        _services.GetRequiredService<IRunStep>().RunAsync(
            new RunContext(Account.Id, new RunId(run), epoch, null, new Progress<StepProgress>()), cancellationToken);

    /// <summary>The newest document of a kind.</summary>
    public async Task<JsonElement> DocumentAsync(string kind)
    {
        var text = await Account.ScalarAsync<string>(
            $"select document::text from account_analyses where account_id = @Account and kind = '{kind}' order by run_id desc limit 1");
        return JsonDocument.Parse(text).RootElement;
    }

    private static string User(long? user) => user?.ToString(CultureInfo.InvariantCulture) ?? "null";

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
