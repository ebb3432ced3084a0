using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Night;

/// <summary>The accounts of a night: of some kinds, each with data and a time zone of its own, and as often as there have to be accounts.</summary>
internal sealed class NightTown : IAsyncDisposable
{
    /// <summary>Sandbox seconds in a real second. A store that hears nothing from a process for a minute gives its work to another: three real seconds here.</summary>
    public const double TimeScale = 20;

    /// <summary>Different bases: what an undisturbed night of one of each writes is what all of its kind have to hold.</summary>
    public const int MostKinds = 20;

    private const string Ours = "AMOLTV_";
    private const string Bought = "AMOLTV_BOUGHT";

    /// <summary>The one field that tells of the run and not of the client.</summary>
    private const string Calculated = "AMOLTV_AT";

    private static readonly DateTimeOffset Midday = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Zones = ["Asia/Yekaterinburg", "Europe/Samara", "Europe/Moscow"];

    private readonly SandboxTown _town;

    private NightTown(SandboxTown town) => _town = town;

    public IReadOnlyList<SandboxAccount> Accounts => _town.Accounts;

    public SandboxIntegration Integration => Accounts[0].State.Integrations[0];

    private SandboxClock Clock => Accounts[0].State.Clock;

    /// <param name="asked">How many and how large.</param>
    /// <param name="redirectUri">Where the service takes installations.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<NightTown> StartAsync(NightArguments asked, string redirectUri, CancellationToken cancellationToken)
    {
        var integration = SandboxOptions.DefaultIntegration with { RedirectUri = redirectUri };
        var zones = asked.AreSpread ? Zones : Zones[..1];
        var options = Enumerable.Range(0, asked.Accounts).Select(number => new SandboxOptions
        {
            AccountId = 31_000_001 + number,
            TimeZone = zones[KindOf(number) % zones.Length],
            Integrations = [integration],
            // The service takes so many installs a minute from one address.
            CallsFrom = new IPAddress([127, 1, (byte)(number / 250), (byte)(1 + (number % 250))]),
            Seed = (asked.Seed * MostKinds) + KindOf(number),
            Companies = asked.Leads / 10,
            Leads = asked.Leads,
            Until = new DateOnly(2026, 11, 1),
            Now = Midday,
            TimeScale = TimeScale,
            // A millisecond of a late timer counts twenty times here: the limit has tests of its own.
            Rate = 1000,
        });
        return new NightTown(await SandboxTown.StartAsync([.. options], cancellationToken));
    }

    /// <summary>As many accounts as there are kinds among so many.</summary>
    public static int Kinds(int accounts) => Math.Min(accounts, MostKinds);

    /// <summary>The kind of the account at a place in the list.</summary>
    public static int KindOf(int number) => number % MostKinds;

    /// <summary>Shortly before the first account's night.</summary>
    public void TurnToEvening() => Clock.Now = Midday.AddHours(9).AddMinutes(58);

    /// <summary>The CRM calls the service as after the installation of a widget.</summary>
    public async Task InstallAsync(SandboxAccount account, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = account.Address };
        using var answer = (await http.PostAsJsonAsync("/sandbox/install", new { clientId = Integration.ClientId }, cancellationToken)).EnsureSuccessStatusCode();
        var called = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (called.GetProperty("status").GetInt32() >= 400)
        {
            throw new InvalidOperationException($"The service did not take the installation of account {account.Id}: {called}");
        }
    }

    /// <summary>Values of our fields, by card and code.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(SandboxAccount account)
    {
        var state = account.State;
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        lock (state.Gate)
        {
            foreach (var kind in new[] { EntityKind.Companies, EntityKind.Contacts })
            {
                var codes = state.FieldsOf(kind).Where(field => field.Code is { } code && code.StartsWith(Ours, StringComparison.Ordinal) && code != Calculated)
                    .ToDictionary(field => field.Id, field => field.Code!);
                foreach (var card in kind == EntityKind.Companies ? state.Companies.All : state.Contacts.All.Cast<CrmEntity>())
                {
                    foreach (var field in card.Fields.Where(field => codes.ContainsKey(field.FieldId)))
                    {
                        held[$"{kind} {card.Id} {codes[field.FieldId]}"] = string.Join(", ", field.Values.Select(Text));
                    }
                }
            }
        }

        return held;
    }

    /// <summary>What each company bought by the CRM's own leads, beside what our field says: won, with a price, of the company.</summary>
    /// <returns>Companies where the two differ, in words.</returns>
    public static IReadOnlyList<string> WrongSums(SandboxAccount account, IReadOnlyDictionary<string, string> fields)
    {
        lock (account.State.Gate)
        {
            var sums = account.State.Leads.All
                .Where(lead => lead is { IsDeleted: false, StatusId: Lead.Won, Price: > 0, CompanyId: not null })
                .GroupBy(lead => lead.CompanyId!.Value)
                .ToDictionary(company => company.Key, company => company.Sum(lead => lead.Price));
            return [.. sums
                .Where(sum => fields.GetValueOrDefault($"{EntityKind.Companies} {sum.Key} {Bought}") is var said
                    && (said is null || decimal.Parse(said, CultureInfo.InvariantCulture) != sum.Value))
                .Select(sum => $"Account {account.Id}, company {sum.Key}: bought {sum.Value}, the field says {fields.GetValueOrDefault($"{EntityKind.Companies} {sum.Key} {Bought}", "nothing")}")];
        }
    }

    public ValueTask DisposeAsync() => _town.DisposeAsync();

    private static string Text(StoredValue value) => value.Text;
}
