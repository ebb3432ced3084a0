using System.Globalization;
using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>A filter of clients as SQL over <c>analysed_clients</c>.</summary>
internal static class ClientCondition
{
    private const string Unknown = "unknown";
    private const string None = "-";
    private const string Any = "any";

    /// <param name="own">Whose clients alone; null: everybody's.</param>
    /// <exception cref="BadFilterException">The filter cannot be understood.</exception>
    public static Condition Of(ClientFilter filter, AccountId account, UserId? own)
    {
        var condition = new Condition(account);
        if (own is { } user)
        {
            condition.Add("c.responsible_user_id = @Own", "Own", user.Value);
        }

        Segments(condition, filter);
        Attribution(condition, filter);
        Purchases(condition, filter);
        Forecast(condition, filter);
        ProductCondition.Add(condition, filter);
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            condition.Add(@"c.search like @Search escape '\'", "Search", "%" + Pattern(Condition.Text(filter.Search.Trim())) + "%");
        }

        return condition;
    }

    private static void Segments(Condition condition, ClientFilter filter)
    {
        Code(condition, "c.tier", "Tier", filter.Tier);
        Code(condition, "c.rfm_group", "Rfm", filter.Rfm);
        if (filter.Recency is { } recency)
        {
            condition.Add("c.rfm_recency = @Recency", "Recency", recency);
        }

        if (filter.Frequency is { } frequency)
        {
            condition.Add("c.rfm_frequency = @Frequency", "Frequency", frequency);
        }

        if (!string.IsNullOrEmpty(filter.Lifecycle))
        {
            condition.Add("coalesce(c.lifecycle, 'unknown') = any(@Lifecycle)", "Lifecycle", Condition.Text(filter.Lifecycle).Split(','));
        }

        if (filter.Near == Any)
        {
            condition.Add("c.next_tier is not null");
        }
        else if (!string.IsNullOrEmpty(filter.Near))
        {
            condition.Add("c.next_tier = @Near", "Near", Condition.Text(filter.Near));
        }
    }

    private static void Code(Condition condition, string column, string name, string? code)
    {
        if (code == Unknown)
        {
            condition.Add($"{column} is null");
        }
        else if (!string.IsNullOrEmpty(code))
        {
            condition.Add($"{column} = @{name}", name, Condition.Text(code));
        }
    }

    private static void Attribution(Condition condition, ClientFilter filter)
    {
        if (filter.Channel == None)
        {
            condition.Add("c.channel_key is null");
        }
        else if (!string.IsNullOrEmpty(filter.Channel))
        {
            condition.Add("c.channel_key = @Channel", "Channel", ChannelResults.KeyOf(Condition.Text(filter.Channel)) ?? "");
        }

        if (filter.Manager == None)
        {
            condition.Add("c.responsible_user_id is null");
        }
        else if (!string.IsNullOrEmpty(filter.Manager))
        {
            condition.Add("c.responsible_user_id = @Manager", "Manager", Number(filter.Manager));
        }

        if (filter.Acquired is { } isAcquired)
        {
            condition.Add(isAcquired ? "c.cac is not null" : "c.cac is null");
        }

        if (!string.IsNullOrEmpty(filter.Driver) && filter.Level is { } level)
        {
            DriverLevel(condition, Condition.Text(filter.Driver), Condition.Text(level));
        }
    }

    /// <summary>Channel and manager have columns of their own, and so many levels that the analysis may have put some together.</summary>
    private static void DriverLevel(Condition condition, string driver, string level)
    {
        condition.Parameters.Add("Level", level);
        condition.Add(driver switch
        {
            "channel" => "trim(c.channel) = @Level",
            "manager" => "c.responsible_user_id::text = @Level",
            _ => "c.traits ->> @Driver = @Level",
        });
        condition.Parameters.Add("Driver", driver);
    }

    private static void Purchases(Condition condition, ClientFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.Cohort))
        {
            var cohort = DayRange.Parse(filter.Cohort);
            condition.Add("c.first_purchase between @CohortFrom and @CohortTo", "CohortFrom", cohort.From);
            condition.Parameters.Add("CohortTo", cohort.To);
        }

        if (!string.IsNullOrEmpty(filter.Bought))
        {
            var bought = DayRange.Parse(filter.Bought);
            condition.Add("c.bought && daterange(@BoughtFrom, @BoughtTo, '[]')", "BoughtFrom", bought.From);
            condition.Parameters.Add("BoughtTo", bought.To);
        }
    }

    private static void Forecast(Condition condition, ClientFilter filter)
    {
        if (filter.Forecast is { } hasForecast)
        {
            condition.Add(hasForecast ? "c.expected_value is not null" : "c.expected_value is null");
        }

        if (filter.ProbabilityFrom is { } from)
        {
            condition.Add("c.repeat_probability >= @ProbabilityFrom", "ProbabilityFrom", from);
        }

        if (filter.ProbabilityTo is { } to)
        {
            condition.Add(to >= 1 ? "c.repeat_probability <= @ProbabilityTo" : "c.repeat_probability < @ProbabilityTo", "ProbabilityTo", to);
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new BadFilterException($"'{text}' is no number of a user; '-' stands for nobody.");

    private static string Pattern(string text) => text.ToLower(CultureInfo.InvariantCulture)
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
