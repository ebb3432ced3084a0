using System.Globalization;
using System.Net.Http.Json;
using Dapper;

namespace AmoLtv.Host.Tests.Browser.Filled;

/// <summary>
/// What months of use leave behind, brought about as people and the service bring it about: runs of several days, values in the CRM that
/// something else overwrites, tasks that are worked off, remarks from cards, a night that failed.
/// </summary>
internal sealed class FilledAccount(Demo demo)
{
    public const string Remark = "Клиент вернул «пусконаладку» в марте, а она здесь считается.\nПроверьте, пожалуйста.";
    public const string TaskResult = "Позвонил, ждут поставку до конца месяца & закажут ещё";
    public const string Reason = "Каналы из источника сделки, расходы из таблицы";

    /// <summary>What another automation writes over our sums.</summary>
    public const int Foreign = 777;

    private static readonly int[] DaysBack = [75, 40];

    public async Task FillAsync()
    {
        await RenameAsync();
        await demo.InstallAsync();
        await demo.Host.RunAsync("settings", "set", "channel.kind=source", "cac.kind=channelTable", "--comment", Reason);
        await demo.Host.RunAsync("tasks", "set", "--enabled", "true", "--tiers", "2", "--cap", "200");
        await demo.Host.RunAsync("sync");
        await demo.Host.RunAsync("write-back", "--enable", "--fields", "ltv,bought,tier,lifecycle", "--yes");
        await SpendAsync();
        await AgeAsync();
        await demo.Host.RunAsync("run");
        await WorkAsync();
        await OverwriteAsync(1);
        await NightAsync();
        await OverwriteAsync(3);
        await BuyAsync();
        // A field that is given up is an error of the night: it tells the administrator.
        Assert.That(NightAsync, Throws.InvalidOperationException.With.Message.Contains("written by something else too"));
        await RemarkAsync();
        await FailAsync();
    }

    /// <summary>A night of the week in which everything is read: by it what others write into the fields is noticed.</summary>
    private async Task NightAsync()
    {
        await demo.ExecuteAsync("update sync_states set is_whole_asked = true");
        await demo.Host.RunAsync("run");
    }

    /// <summary>One name that does harm wherever it is taken for markup, and is far too long.</summary>
    private async Task RenameAsync()
    {
        var company = demo.Crm.State.Companies.All[0];
        using var renamed = await demo.CrmControl.PostAsJsonAsync($"/sandbox/companies/{company.Id}", new { name = CardStage.HostileName });
        renamed.EnsureSuccessStatusCode();
    }

    /// <summary>Two runs of earlier days, so that clients move between segments and get tasks; what they leave is dated as it would be.</summary>
    private async Task AgeAsync()
    {
        var today = await demo.ScalarAsync<DateOnly>("select current_date");
        foreach (var back in DaysBack)
        {
            var day = today.AddDays(-back);
            await demo.Host.RunAsync("run", "--as-of", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await demo.ExecuteAsync("update base_days set day = @day where day = (select max(day) from base_days)", new { day });
        }
    }

    /// <summary>Managers work off their tasks: one is done, one thrown away.</summary>
    private async Task WorkAsync()
    {
        await demo.ExecuteAsync("update customer_tasks set found_at = found_at - interval '30 days', sent_at = sent_at - interval '30 days'");
        var tasks = await ListAsync("select task_id from customer_tasks where status = 'created' order by value desc, task_id");
        using (var completed = await demo.CrmControl.PostAsJsonAsync($"/sandbox/tasks/{tasks[0]}/complete", new { result = TaskResult }))
        {
            completed.EnsureSuccessStatusCode();
        }

        using (var deleted = await demo.CrmControl.DeleteAsync($"/sandbox/tasks/{tasks[1]}"))
        {
            deleted.EnsureSuccessStatusCode();
        }

    }

    /// <summary>The client whose task was done buys, and so does another one: both move.</summary>
    private async Task BuyAsync()
    {
        foreach (var company in await ListAsync("select customer_id from customer_tasks where scope = 1 and kind = 'slipping' order by outcome = 'completed' desc nulls last, value desc limit 2"))
        {
            using var won = await demo.CrmControl.PostAsJsonAsync("/sandbox/leads", new { name = "После звонка", price = 150_000, company_id = company, status_id = Sandbox.State.Lead.Won });
            won.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Something else writes over the sums of so many companies that are not busy otherwise.</summary>
    private async Task OverwriteAsync(int companies)
    {
        var field = await demo.ScalarAsync<long>("select field_id from output_fields where entity_type = 3 and output = 'bought'");
        var quiet = await ListAsync(
            """
            select customer_id from customer_values v
            where scope = 1 and ltv is not null
              and not exists (select 1 from customer_tasks t where t.account_id = v.account_id and t.scope = v.scope and t.customer_id = v.customer_id)
            order by customer_id
            """);
        foreach (var company in quiet.Take(companies))
        {
            using var written = await demo.CrmControl.PostAsJsonAsync(
                $"/sandbox/companies/{company}", new { custom_fields_values = new[] { new { field_id = field, values = new[] { new { value = Foreign } } } } });
            written.EnsureSuccessStatusCode();
        }
    }

    /// <summary>The same sum each month of a year for two of the sources there are.</summary>
    private async Task SpendAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            var today = await demo.ScalarAsync<DateOnly>("select current_date");
            var sources = await NamesAsync("select distinct source from leads where source is not null order by 1 limit 2");
            var lines = sources.SelectMany(source => Enumerable.Range(0, 12).Select(back => string.Create(
                CultureInfo.InvariantCulture, $"\"{source}\",{today.AddMonths(-back):yyyy-MM},{40_000 + (back * 1_500)}")));
            await File.WriteAllLinesAsync(file, lines.Prepend("channel,month,amount"));
            await demo.Host.RunAsync("settings", "spend", "import", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task RemarkAsync()
    {
        var companies = await ListAsync("select customer_id from customer_values where scope = 1 and ltv is not null order by ltv desc limit 2");
        using var http = new HttpClient { BaseAddress = demo.HostAddress };
        http.DefaultRequestHeaders.Add("X-Auth-Token", await demo.WidgetTokenAsync(demo.Others[0]));
        foreach (var (company, text) in companies.Zip([Remark, "Сумма меньше, чем в договоре"]))
        {
            using var written = await http.PostAsJsonAsync($"api/cards/companies/{company}/remarks", new { text });
            Assert.That(written.IsSuccessStatusCode, Is.True, await written.Content.ReadAsStringAsync());
        }
    }

    /// <summary>A run while the CRM's bill is not paid.</summary>
    private async Task FailAsync()
    {
        using (var ordered = await demo.CrmControl.PostAsJsonAsync("/sandbox/faults", new { path = "/api/v4/*", kind = "402", count = 50 }))
        {
            ordered.EnsureSuccessStatusCode();
        }

        Assert.That(() => demo.Host.RunAsync("run"), Throws.InvalidOperationException);
        using var paid = await demo.CrmControl.DeleteAsync("/sandbox/faults");
        paid.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<long>> ListAsync(string sql)
    {
        await using var connection = await demo.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<long>(sql)];
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string sql)
    {
        await using var connection = await demo.Database.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(sql)];
    }
}
