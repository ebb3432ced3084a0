using System.Net;
using System.Net.Http.Json;
using Dapper;

namespace AmoLtv.Host.Tests.Browser;

/// <summary>What each user sees and may do: an administrator, a head of sales who is none, a manager with clients of his own.</summary>
[Category("Browser")]
[Watched]
public sealed class RightsTests
{
    /// <summary>Everything that only an administrator may ask for or do.</summary>
    private static readonly (string Method, string Path)[] Administration =
    [
        ("GET", "api/settings"), ("GET", "api/settings/versions"), ("GET", "api/settings/write-back"), ("GET", "api/access"), ("PUT", "api/access"),
        ("POST", "api/settings/write-back/enable"), ("GET", "api/operations/queue"), ("GET", "api/operations/runs"), ("POST", "api/operations/requests"), ("GET", "api/operations/exchanges"),
    ];

    private static readonly string[] OfWholeAccount = ["cohorts", "retention", "forecast", "managers", "channels", "losses", "drivers", "quality"];

    private static Demo Demo => CardStage.Demo;

    /// <summary>Users of this fixture alone, the last of the account.</summary>
    private static long Analyst => Demo.Others[^1];

    private static long Member => Demo.Others[^2];

    [OneTimeSetUp]
    public async Task NameAnalystAsync()
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into analytics_viewers (account_id, user_id, named_by, named_at) values (@AccountId, @Analyst, @Analyst, now()) on conflict do nothing",
            new { Demo.Crm.AccountId, Analyst });
    }

    [Test]
    public async Task Administrator_is_offered_every_area()
    {
        await using var page = await ProductPage.FramedAsync(Demo, "menu/ltv_main");

        Assert.That(await page.LinksAsync(".top__areas"), Is.EqualTo(["#/analytics", "#/settings", "#/operations"]));
    }

    [Test]
    public async Task Head_of_sales_who_is_no_administrator_sees_the_whole_analytics_and_nothing_else()
    {
        await using var page = await ProductPage.FramedAsync(Demo, "menu/ltv_main", user: Analyst);
        var tabs = await page.LinksAsync(".tabs");
        await page.PictureAsync("rights-analyst");

        Assert.That(await page.LinksAsync(".top__areas"), Is.Empty, "one area needs no choice");
        Assert.That(tabs, Is.SupersetOf(OfWholeAccount.Select(tab => "#/analytics/" + tab)));
        await page.GoAsync("#/analytics/clients");
        Assert.That(await page.TextAsync(), Does.Contain($"{await CountAsync("true")} клиент"));
        await page.GoAsync("#/settings/purchases");
        Assert.That(await page.Inside.Locator(".tabs a[aria-current]").GetAttributeAsync("href"), Does.StartWith("#/analytics/"), "an address of the settings leads nowhere");
    }

    [Test]
    public async Task Manager_sees_own_clients_alone_and_is_told_so()
    {
        await using var page = await ProductPage.FramedAsync(Demo, "menu/ltv_main", user: Member);
        await page.PictureAsync("rights-member");

        var tabs = await page.LinksAsync(".tabs");
        Assert.That(tabs, Is.SupersetOf(["#/analytics/overview", "#/analytics/clients", "#/analytics/segments"]));
        Assert.That(OfWholeAccount.Where(tab => tabs.Contains("#/analytics/" + tab)), Is.Empty, "nothing of the whole account is offered");
        Assert.That(await page.TextAsync(), Does.Contain("только ваши клиенты").IgnoreCase.Or.Contain("Ваши клиенты"));
        await page.GoAsync("#/analytics/clients");
        var own = await CountAsync("responsible_user_id = @user", Member);
        Assert.That(own, Is.Positive, "the user has clients");
        Assert.That(await page.TextAsync(), Does.Contain($"{own} клиент"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Nobody_but_an_administrator_is_answered_by_settings_and_operations(bool isAnalyst)
    {
        using var http = new HttpClient { BaseAddress = Demo.HostAddress };
        http.DefaultRequestHeaders.Add("X-Auth-Token", await Demo.WidgetTokenAsync(isAnalyst ? Analyst : Member));
        using var session = await http.PostAsync("api/sessions", content: null);
        var token = (await session.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("token").GetString();
        using var paged = new HttpClient { BaseAddress = Demo.HostAddress };
        paged.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, path) in Administration)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : JsonContent.Create(new { }) };
                using var answer = await paged.SendAsync(request);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), $"{method} {path}");
            }

            foreach (var document in OfWholeAccount)
            {
                using var answer = await paged.GetAsync("api/analytics/" + document);
                Assert.That(answer.StatusCode, Is.EqualTo(isAnalyst ? HttpStatusCode.OK : HttpStatusCode.Forbidden), document);
            }
        }
    }

    private static async Task<long> CountAsync(string where, long? user = null)
    {
        await using var connection = await CardStage.Database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from analysed_clients where {where}", new { user });
    }
}
