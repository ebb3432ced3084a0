using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Notices;
using AmoLtv.Host.Running;
using AmoLtv.Host.Settings;
using AmoLtv.Host.WritingBack;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>An account of a sandbox in which every request of <see cref="ApiRequests"/> finds what it asks for.</summary>
internal static class FilledAccount
{
    /// <summary>A whole night of a connected account, and what its people leave behind at the pages.</summary>
    public static async Task FillAsync(HostServer server)
    {
        var settings = server.Services.GetRequiredService<SettingsStore>();
        await settings.ChangeAsync(server.Account, saved => saved with { Channel = new ChannelSettings { Kind = ChannelKind.Source } }, "test", null, CancellationToken.None);
        await settings.ChangeAsync(server.Account, saved => saved with { DiscountPercent = 7 }, "test", "Later.", CancellationToken.None);
        await server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
        await server.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(server.Account, FieldSelection.Parse("all", "all"), CancellationToken.None);
        await ExecuteAsync(server, SpoilSql);
        await server.RunAsync([.. RunSteps.All.Skip(1)]);
        // With it goes the secret of the webhook.
        await server.Services.GetRequiredService<NoticeSettingsStore>().SaveAsync(
            server.Account, isInCrm: true, "admin@example.com", "https://hooks.example.com/", isNewSecret: true, CancellationToken.None);
        await ExecuteAsync(server, LeftBehindSql);
    }

    /// <summary>The same account later: other sums and names under the same numbers.</summary>
    public static async Task ChangeAsync(HostServer server)
    {
        await ExecuteAsync(server, ChangeSql);
        await server.RunAsync(RunSteps.Recalculate, RunSteps.Analyse);
        await ExecuteAsync(server, "update runs set status = 'running' where account_id = @Account and cause = 'command' and steps = array['preview']");
    }

    /// <summary>What the names in requests stand for there.</summary>
    public static async Task<Func<string, string>> NamesAsync(HostServer server, string pageToken)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        var row = (IDictionary<string, object?>)await connection.QuerySingleAsync(NamesSql, new { Account = server.Account.Value });
        var names = row.ToDictionary(one => one.Key, one => Convert.ToString(one.Value, CultureInfo.InvariantCulture) ?? "1", StringComparer.Ordinal);
        var saved = await server.Services.GetRequiredService<SettingsStore>().GetAsync(server.Account);
        names["settings"] = SettingsJson.Write(saved.Settings with { DiscountPercent = 9 });
        names["colleague"] = PageSession.Colleague(server).Id.ToString(CultureInfo.InvariantCulture);
        names["card"] = "company";
        names["code"] = ApiCaller.OwnCode;
        names["seenWriteBack"] = (await ReadAsync(server, pageToken, "write-back")).GetProperty("seen").GetString()!;
        names["seenTasks"] = (await ReadAsync(server, pageToken, "tasks")).GetProperty("seen").GetString()!;
        names["seenNotices"] = (await ReadAsync(server, pageToken, "notices")).GetProperty("seen").GetString()!;
        return name => names[name];
    }

    private static async Task<JsonElement> ReadAsync(HostServer server, string pageToken, string area)
    {
        using var answer = await PageSession.SendAsync(server, HttpMethod.Get, "api/settings/" + area, pageToken);
        answer.EnsureSuccessStatusCode();
        return await PageSession.ReadAsync(answer);
    }

    private static async Task ExecuteAsync(HostServer server, string sql)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { Account = server.Account.Value, User = PageSession.Admin(server).Id });
    }

    /// <summary>What an admin meets in practice: cards without an amount, a company or a client.</summary>
    private const string SpoilSql =
        """
        update leads set price = null where account_id = @Account and status_id = 142 and lead_id % 11 = 0;
        update leads set company_id = null, main_contact_id = null where account_id = @Account and status_id = 142 and lead_id % 13 = 0;
        update leads set company_id = null where account_id = @Account and status_id = 142 and lead_id % 7 = 0;
        insert into lead_exclusions (account_id, lead_id, comment, excluded_by, excluded_at)
        select @Account, max(lead_id), 'A test of ours.', 'test', now() from leads where account_id = @Account and status_id = 142;
        insert into task_settings (account_id, is_enabled) values (@Account, true);
        update leads set changed_run = (select max(run_id) + 1 from runs where account_id = @Account) where account_id = @Account;
        """;

    private const string LeftBehindSql =
        """
        update lead_verdicts set kind = 0, reason = (array['noDate', 'otherPipeline', 'returned'])[1 + (lead_id / 4) % 3]
        where account_id = @Account and kind = 1 and lead_id % 4 = 0;
        update analysed_clients set next_tier = 'A', missing = 1 where account_id = @Account;
        update runs set error = 'The CRM was away.' where account_id = @Account and run_id = (select min(run_id) from runs where account_id = @Account);
        insert into crm_exchanges (account_id, day_slot, client_id, at, method, path, status, duration_ms, attempt, is_interactive)
        values (@Account, floor(extract(epoch from now()) / 86400)::int % 32, 'test', now(), 'GET', '/api/v4/leads', 500, 10, 1, false);
        update notice_settings set webhook_url = 'https://127.0.0.1:9/' where account_id = @Account;
        insert into remarks (account_id, scope, customer_id, user_id, text, written_at)
        select @Account, 1, min(customer_id), @User, 'The number is too low.', now() from analysed_clients where account_id = @Account and scope = 1;
        insert into channel_spend (account_id, channel, month, amount) values (@Account, 'Fair', '2026-01-01', 500);
        insert into spend_changes (account_id, kind, made_by, made_at) values (@Account, 'cell', @User::text, now());
        insert into spend_change_rows (account_id, change_id, channel, month, after)
        select account_id, change_id, 'Fair', '2026-01-01', 500 from spend_changes where account_id = @Account;
        insert into run_requests (account_id, steps, asked_by, asked_at, not_before) values (@Account, array['preview'], @User, now(), 'infinity');
        insert into runs (account_id, epoch, cause, steps, status, started_at) select account_id, epoch, 'command', array['preview'], 'running', now() from accounts where account_id = @Account;
        insert into field_conflicts (account_id, entity_type, entity_id, field_id, seen, ours, theirs, seen_at)
        select @Account, 3, min(client.customer_id), min(field.field_id), 2, '1', '2', now()
        from analysed_clients client
        join output_fields field on field.account_id = client.account_id and field.entity_type = 3 and field.output = 'ltv'
        where client.account_id = @Account and client.scope = 1;
        insert into customer_tasks (account_id, scope, customer_id, reason, kind, from_segment, to_segment, value, marker, status, found_run, found_at)
        select @Account, 1, min(customer_id), 'tier:A>B:2026-01-01', 'tierDown', 'A', 'B', 1000, 'marker', 'waiting', 1, now()
        from analysed_clients where account_id = @Account and scope = 1;
        insert into settings_drafts (account_id, user_id, based_on, step, settings, updated_at) values (@Account, @User, 2, 'tiers', '{}', now());
        insert into settings_trail (account_id, area, made_by, made_at, before, after) values (@Account, 'tasks', @User::text, now(), '{}', '{}');
        insert into analytics_viewers (account_id, user_id, named_by, named_at) select @Account, min(user_id), @User, now() from users where account_id = @Account;
        insert into analytics_access (account_id, version, changed_by, changed_at) values (@Account, 1, @User, now());
        insert into incidents (account_id, kind, opened_at, detail) values (@Account, 'fieldConflict', now(), 'Something else writes a field.');
        """;

    private const string ChangeSql =
        """
        update leads set price = price * 3, changed_run = (select max(run_id) + 1 from runs where account_id = @Account) where account_id = @Account;
        update companies set name = name || ' & Co' where account_id = @Account;
        update products set name = name || ' Plus' where account_id = @Account;
        update pipelines set name = name || ' II' where account_id = @Account;
        update field_writes set status = 'failed' where account_id = @Account and status = 'confirmed' and entity_id % 2 = 0;
        """;

    private const string NamesSql =
        """
        select company, (select right(max(search), 3) from analysed_clients where account_id = @Account) as search,
               (select min(contact_id) from contacts where account_id = @Account) as contact,
               (select min(lead_id) from lead_verdicts where account_id = @Account and kind = 1 and company_id = company) as lead,
               (select lead_id from lead_exclusions where account_id = @Account) as "excludedLead",
               (select remark_id from remarks where account_id = @Account) as remark,
               (select max(run_id) from field_writes where account_id = @Account and status = 'confirmed') as run,
               (select max(run_id) from field_writes where account_id = @Account and status = 'confirmed') as "smallRun",
               (select run_id from runs where account_id = @Account and status = 'running') as "runUnderWay",
               (select request_id from run_requests where account_id = @Account) as request,
               (select field_id from field_conflicts where account_id = @Account) as field,
               (select field_id from output_fields where account_id = @Account and entity_type = 3 and output = 'bought') as "fittingField",
               (select change_id from spend_changes where account_id = @Account) as change,
               (select max(version) from settings_versions where account_id = @Account) as version,
               (select min(version) from settings_versions where account_id = @Account) as "earlierVersion",
               (select currency from accounts where account_id = @Account) as currency,
               (select max(responsible_user_id) from analysed_clients where account_id = @Account) as manager,
               (select catalog_id || ':' || element_id from analysed_products where account_id = @Account limit 1) as product,
               (select pipeline_id from pipelines where account_id = @Account and is_main) as pipeline,
               (select coalesce(pipeline_id || ':' || status_id, '-') from analysed_leads where account_id = @Account and list = 'lost' order by 1 limit 1) as stage
        from (select min(customer_id) as company from analysed_clients where account_id = @Account and scope = 1) chosen
        """;
}
