using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Soak;

/// <summary>The CRM of a trial and the hands that disturb it.</summary>
internal sealed class TrialAccount(SandboxServer sandbox) : IAsyncDisposable
{
    private const string Ours = "AMOLTV_";

    /// <summary>The one field that tells of the run and not of the client.</summary>
    private const string Calculated = "AMOLTV_AT";

    private readonly HttpClient _http = new() { BaseAddress = sandbox.Address };

    public SandboxServer Sandbox => sandbox;

    /// <summary>Orders faults; an empty line: none.</summary>
    public Task FaultsAsync(string line, int seed) =>
        line.Length == 0 ? SettleAsync() : PostAsync("faults", new { seed, spec = line });

    /// <summary>From now on nothing goes wrong.</summary>
    public Task SettleAsync() => PostAsync("settle", new { });

    /// <summary>The CRM calls the service as after the installation of a widget.</summary>
    public Task InstallAsync() => PostAsync("install", new { clientId = sandbox.State.Integrations[0].ClientId });

    /// <returns>What users did, in words.</returns>
    public async Task<string> EditAsync(int seed, int count, int spreadMs, TrialPlan plan)
    {
        var answer = await PostAsync("edits", new { seed, count, spreadMs, tellsAbsorbed = plan.TellsAbsorbed, touchesLinked = plan.TouchesLinked });
        return string.Join(", ", answer.GetProperty("edits").EnumerateArray().Select(edit =>
            $"{edit.GetProperty("kind")} {edit.GetProperty("id")}{string.Concat(edit.GetProperty("others").EnumerateArray().Select(other => $"/{other}"))}"));
    }

    /// <summary>A purchase of a living company by a living person.</summary>
    public Task<JsonElement> BuyAsync()
    {
        var company = sandbox.State.Companies.Living(SortBy.Id).FirstOrDefault()?.Id;
        var people = sandbox.State.Contacts.Living(SortBy.Id).Take(1).Select(person => person.Id);
        return PostAsync("leads", new { name = "The last one", price = 77_000, status_id = Lead.Won, company_id = company, contact_ids = people });
    }

    public void Pass(TimeSpan time) => sandbox.State.Clock.Advance(time);

    /// <summary>Lets the rest of the day and the next day's first half pass: it is noon, UTC, of a day on which nothing has run yet.</summary>
    public void PassToNoonOfTheNextDay()
    {
        var now = sandbox.State.Clock.Now;
        Pass(now.UtcDateTime.Date.AddDays(1.5) - now.UtcDateTime);
    }

    /// <summary>The highest number of requests in a window, how long ago in real time that was, and how many the CRM permits.</summary>
    public async Task<(int Highest, TimeSpan Ago, int Permitted)> RateAsync()
    {
        var rate = (await _http.GetFromJsonAsync<JsonElement>("sandbox/statistics")).GetProperty("rate");
        return (rate.GetProperty("highest").GetInt32(), TimeSpan.FromMilliseconds(rate.GetProperty("highestMillisecondsAgo").GetDouble()), rate.GetProperty("permitted").GetInt32());
    }

    /// <summary>Requests counted until now.</summary>
    public async Task<int> RequestsAsync() => (await _http.GetFromJsonAsync<JsonElement>("sandbox/statistics")).GetProperty("requests").GetInt32();

    /// <summary>What the CRM holds in our fields, by card and code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadFieldsAsync()
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entity in (string[])["companies", "contacts"])
        {
            var cards = await _http.GetFromJsonAsync<Dictionary<string, Dictionary<string, JsonElement>>>($"sandbox/fields?entity={entity}");
            foreach (var (id, values) in cards!)
            {
                foreach (var (code, value) in values.Where(value => value.Key.StartsWith(Ours, StringComparison.Ordinal) && value.Key != Calculated))
                {
                    fields[$"{entity} {id} {code}"] = value.ToString();
                }
            }
        }

        return fields;
    }

    /// <summary>Empties our fields, so that what is there afterwards was written afterwards.</summary>
    public void EmptyFields()
    {
        var state = sandbox.State;
        lock (state.Gate)
        {
            var ours = state.Fields.Where(field => field.Code?.StartsWith(Ours, StringComparison.Ordinal) == true).Select(field => field.Id).ToHashSet();
            foreach (var card in state.Companies.All.Concat<CrmEntity>(state.Contacts.All).Where(card => card.Fields.Any(field => ours.Contains(field.FieldId))).ToList())
            {
                var copy = card.Copy();
                copy.Fields = [.. card.Fields.Where(field => !ours.Contains(field.FieldId))];
                state.Save(copy);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await sandbox.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync("sandbox/" + path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"sandbox/{path} answered {(int)answer.StatusCode}: {text}");
    }
}
