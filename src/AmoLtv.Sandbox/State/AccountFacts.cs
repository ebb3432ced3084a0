using System.Text.Json.Serialization;

namespace AmoLtv.Sandbox.State;

/// <summary>What the account answers about itself.</summary>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="FiltersEnabled">The paid filter add-on.</param>
public sealed record AccountFacts(long Id, string Name, string Subdomain, Brand Brand, string Currency, string CurrencySymbol, string TimeZoneId, long CreatedAt, bool FiltersEnabled)
{
    /// <summary>Host and port that the account moved to when its subdomain was renamed; null: every host of the sandbox is the account's.</summary>
    public string? Host { get; init; }

    public AccountStanding Standing { get; init; }

    [JsonIgnore]
    public TimeZoneInfo TimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(TimeZoneId);

    /// <summary>Unix seconds of a local day's hour.</summary>
    public long At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, TimeZone.GetUtcOffset(local)).ToUnixTimeSeconds();
    }

    /// <summary>The local day of a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, TimeZone).DateTime);
}
