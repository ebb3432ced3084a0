using System.Text.Json;

namespace AmoLtv.Host.Installing;

/// <summary>The state of a connection as a page or a command shows it.</summary>
/// <param name="Host">Of the account.</param>
/// <param name="Code">Name of a <see cref="ConnectionState"/>, its first letter small.</param>
/// <param name="IsWorking">Whether nights, hooks and writes go on.</param>
/// <param name="State">The same state in words.</param>
/// <param name="Notices">What else holds, the worst first.</param>
public sealed record ConnectionAnswer(
    long Account, string Host, string Code, bool IsWorking, ConnectionAnswer.Part State, IReadOnlyList<ConnectionAnswer.Part> Notices)
{
    public static ConnectionAnswer Compose(ConnectionFacts facts, DateTimeOffset now)
    {
        var parts = ConnectionRule.Read(facts, now);
        return new ConnectionAnswer(
            facts.Account.Value, facts.BaseAddress.Authority, Name(parts[0].State), ConnectionRule.IsWorking(parts[0].State),
            Part.Of(parts[0], facts.Zone), [.. parts.Skip(1).Select(part => Part.Of(part, facts.Zone))]);
    }

    private static string Name(ConnectionState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <param name="Since">When it began, null where that is not known.</param>
    /// <param name="Until">The moment it is about, of an erasure or a token's end; else null.</param>
    /// <param name="Detail">The CRM's own words or a failure's, in whatever language they are; else null.</param>
    public sealed record Part(string Code, DateTimeOffset? Since, DateTimeOffset? Until, string? Detail, Words Ru, Words En)
    {
        internal static Part Of(ConnectionCondition condition, TimeZoneInfo zone)
        {
            var (russian, step) = ConnectionWords.Russian(condition, zone);
            var (english, next) = ConnectionWords.English(condition, zone);
            return new Part(
                Name(condition.State), condition.Since, condition.Until, condition.Detail, new Words(russian, step), new Words(english, next));
        }
    }

    /// <param name="Text">What is so.</param>
    /// <param name="NextStep">What the reader can do; empty where there is nothing to do.</param>
    public sealed record Words(string Text, string NextStep);
}
