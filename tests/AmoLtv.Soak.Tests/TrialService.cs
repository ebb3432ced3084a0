using System.Globalization;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Pacing;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Soak;

/// <summary>One service on a database of its own: its processes, and what a person does with it.</summary>
internal sealed class TrialService : IAsyncDisposable
{
    public const int RequestsPerSecond = 4;

    /// <summary>How long a run waits for an account that another holds; real time, as leases are.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SoakDatabases _databases;
    private readonly TrialAccount _crm;
    private readonly TrialPlan _plan;
    private readonly Uri _address;
    private readonly string _connectionString;
    private readonly string _keys = Directory.CreateTempSubdirectory("amoltv-soak-").FullName;

    private TrialService(SoakDatabases databases, TrialAccount crm, TrialPlan plan, Uri address, string connectionString) =>
        (_databases, _crm, _plan, _address, _connectionString) = (databases, crm, plan, address, connectionString);

    private AccountId Account => new(_crm.Sandbox.AccountId);

    /// <param name="address">Where its endpoints are, as the integration names them.</param>
    public static async Task<TrialService> CreateAsync(SoakDatabases databases, TrialAccount crm, TrialPlan plan, Uri address) =>
        new(databases, crm, plan, address, await databases.CreateAsync());

    /// <summary>A process of it.</summary>
    /// <param name="isServed">Whether its endpoints are open: one process at a time.</param>
    public Task<WorkingProcess> StartAsync(bool isServed, CancellationToken cancellationToken) => WorkingProcess.StartAsync(
        _databases, Settings(), new TrialTime(_crm.Sandbox.State.Clock, _plan.ClockOff), isServed ? _address : null, cancellationToken);

    /// <summary>What an administrator does once: installs, chooses, lets the service write.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await using var process = await StartAsync(isServed: true, cancellationToken);
        await InstallAsync(process, cancellationToken);
        if (_plan.Settings.Any(setting => setting.Contains("ield=", StringComparison.Ordinal)))
        {
            // Fields can be chosen once they are known.
            await RunAsync(process, RoundWork.Sync, cancellationToken);
        }

        var assignments = SettingAssignments.Parse(_plan.Settings);
        await process.Services.GetRequiredService<SettingsStore>().ChangeAsync(Account, assignments.ApplyTo, "soak", null, cancellationToken);
        await process.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(Account, cancellationToken);
    }

    /// <summary>What an administrator sees to after trouble: that the CRM answers again, and that the account is connected.</summary>
    /// <returns>What there was to do, in words; null where nothing was.</returns>
    public async Task<string?> MakeReadyAsync(CancellationToken cancellationToken)
    {
        await using var process = await StartAsync(isServed: true, cancellationToken);
        await WaitForAnswersAsync(process, cancellationToken);
        return await ReconnectAsync(process, cancellationToken);
    }

    /// <summary>A token can be lost for good where the CRM takes each refresh token once: then an administrator installs again.</summary>
    /// <returns>What there was to do, in words; null where nothing was.</returns>
    public async Task<string?> ReconnectAsync(WorkingProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await process.Services.GetRequiredService<CrmConnections>().OpenAsync(Account, cancellationToken);
            return null;
        }
        catch (ConnectionLostException)
        {
            await InstallAsync(process, cancellationToken);
            return "installed again";
        }
        catch (CrmException failure)
        {
            // The CRM did not answer a moment ago and is left alone for a while: nothing an administrator could do.
            return $"no connection yet: {failure.Message}";
        }
    }

    /// <summary>Lets a quarter of an hour pass as a process spends it that leaves the account alone: it asks from time to time whether it answers again.</summary>
    public async Task WaitForAnswersAsync(WorkingProcess process, CancellationToken cancellationToken)
    {
        for (var time = 0; time < 3 && await IsLeftAloneAsync(); time++)
        {
            await process.Services.GetRequiredService<CircuitProbing>().ProbeAsync(cancellationToken);
            _crm.Pass(TimeSpan.FromMinutes(5));
            // What has just failed is believed for some seconds of the service's time.
            await Task.Delay(TimeSpan.FromSeconds(6 / TrialPlan.TimeScale), cancellationToken);
        }
    }

    /// <summary>Lets a process do its work; whatever fails is told and not thrown.</summary>
    /// <returns>How it ended: <see cref="RunStatus.Finished"/>, or another word and why.</returns>
    public async Task<string> RunAsync(WorkingProcess process, RoundWork work, CancellationToken cancellationToken)
    {
        try
        {
            if (work == RoundWork.Jobs)
            {
                return await FollowAsync(process, cancellationToken);
            }

            IReadOnlyList<string> steps = work switch
            {
                RoundWork.Sync => [RunSteps.Sync],
                RoundWork.Value => [RunSteps.Recalculate, RunSteps.WriteBack],
                _ => RunSteps.All,
            };
            var request = new RunRequest(RunCause.Night, steps, null, Patience);
            var outcome = await process.Services.GetRequiredService<AccountRunner>().RunAsync(Account, request, null, cancellationToken);
            return outcome.Error is null ? outcome.Status : $"{outcome.Status}: {outcome.Error}";
        }
        catch (Exception failure)
        {
            // Of a killed process anything may fail; of another one the comparison at the end tells what it left.
            return $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}";
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    /// <summary>What it knows of the CRM's living cards, in words.</summary>
    public async Task<IReadOnlyList<string>> ReadCardsAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        return [.. await connection.QueryAsync<string>(
            """
            select format('lead %s: stage %s, price %s, company %s, contact %s, closed %s', lead_id, status_id, price, company_id, main_contact_id, closed_at)
            from leads where not is_deleted
            union all
            select format('company %s', company_id) from companies where not is_deleted
            union all
            select format('contact %s', contact_id) from contacts where not is_deleted
            """)];
    }

    /// <summary>Its configuration; the program's own has the sandbox's clock.</summary>
    public Dictionary<string, string?> Settings(bool isOfProgram = false)
    {
        var integration = _crm.Sandbox.State.Integrations[0];
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:ConnectionString"] = _connectionString,
            ["Integrations:0:ClientId"] = integration.ClientId,
            ["Integrations:0:ClientSecret"] = integration.Secret,
            ["Integrations:0:Brand"] = _plan.Crm.Brand == Brand.Kommo ? "kommo" : "amocrm",
            ["Integrations:0:RedirectUri"] = integration.RedirectUri,
            ["Crm:ExtraHosts:0"] = _crm.Sandbox.Address.Authority,
            ["Crm:TimeoutSeconds"] = "30",
            // Below the usual 6 of 7: what a timer is late on a busy machine counts five times in the sandbox's hurried time.
            ["Crm:RequestsPerSecond"] = RequestsPerSecond.ToString(CultureInfo.InvariantCulture),
            ["Keys:Folder"] = _keys,
            ["Scheduling:RunWhenConnected"] = "false",
            ["Webhooks:SettleSeconds"] = "1",
        };
        if (isOfProgram)
        {
            settings["Crm:SandboxClock"] = _crm.Sandbox.Address.ToString();
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await _databases.DropAsync(_connectionString);
        Directory.Delete(_keys, recursive: true);
    }

    private async Task<bool> IsLeftAloneAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        return await connection.ExecuteScalarAsync<bool>("select exists (select from account_circuits where closed_at is null)");
    }

    /// <summary>The service goes by its recurring jobs for a little while, hooks come in meanwhile.</summary>
    private static async Task<string> FollowAsync(WorkingProcess process, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            failures.AddRange(await process.RunJobsAsync(cancellationToken));
            await Task.Delay(300, cancellationToken);
        }

        return failures.Count == 0 ? "jobs done" : string.Join("; ", failures);
    }

    private async Task InstallAsync(WorkingProcess process, CancellationToken cancellationToken)
    {
        await _crm.InstallAsync();
        while (await process.IsWaitingForGrantAsync())
        {
            await Task.Delay(20, cancellationToken);
        }
    }
}
