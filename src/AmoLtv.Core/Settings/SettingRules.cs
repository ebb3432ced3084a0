using System.Globalization;
using System.Text.RegularExpressions;

namespace AmoLtv.Core.Settings;

/// <summary>What is allowed in <see cref="AccountSettings"/>: each broken rule names its key.</summary>
internal static partial class SettingRules
{
    private const double ShortestLifetime = 1.0 / 12;

    public static IEnumerable<SettingError> Check(AccountSettings settings) =>
    [
        .. Stages(settings),
        .. Cost(settings.Cost),
        .. Acquisition(settings),
        .. Horizon(settings),
        .. Lifetime(settings.Lifetime),
        .. Tiers(settings.Tiers),
        .. Rfm(settings.Rfm),
        .. Lifecycle(settings.Lifecycle),
        .. Drivers(settings.Drivers),
        .. KnownKinds(settings),
    ];

    private static IEnumerable<SettingError> Stages(AccountSettings settings)
    {
        foreach (var stage in settings.Returns.Select(entry => entry.Stage).Intersect(settings.WonStages.ExtraStages))
        {
            yield return Error(SettingKeys.Returns, $"{stage} is among the won stages too", "stages that are not in " + SettingKeys.ExtraStages);
        }

        foreach (var repeated in settings.Returns.GroupBy(entry => entry.Stage).Where(group => group.Count() > 1))
        {
            yield return Error(SettingKeys.Returns, $"{repeated.Key} is given {repeated.Count()} times", "each stage once");
        }
    }

    private static IEnumerable<SettingError> Cost(CostSettings cost)
    {
        if (cost.Kind == CostKind.Field && cost.Field is null)
        {
            yield return Missing(SettingKeys.CostField, $"{SettingKeys.CostKind} is field");
        }

        if (cost.Kind == CostKind.FixedMargin && cost.MarginPercent is null)
        {
            yield return Missing(SettingKeys.CostMarginPercent, $"{SettingKeys.CostKind} is fixedMargin");
        }

        if (cost.MarginPercent is <= 0 or > 100)
        {
            yield return OutOfRange(SettingKeys.CostMarginPercent, cost.MarginPercent);
        }
    }

    private static IEnumerable<SettingError> Acquisition(AccountSettings settings)
    {
        if (settings.Cac.TargetRatio is < 0.1m or > 100)
        {
            yield return OutOfRange(SettingKeys.CacTargetRatio, settings.Cac.TargetRatio);
        }

        if (settings.Cac.Kind == CacKind.CompanyField && settings.Cac.Field is null)
        {
            yield return Missing(SettingKeys.CacField, $"{SettingKeys.CacKind} is companyField");
        }

        if (settings.Cac.Kind == CacKind.ChannelTable && settings.Channel.Kind == ChannelKind.None)
        {
            yield return Error(SettingKeys.ChannelKind, $"is none while {SettingKeys.CacKind} is channelTable", "field, source, tag");
        }

        if (settings.Channel.Kind == ChannelKind.Field && settings.Channel.Field is null)
        {
            yield return Missing(SettingKeys.ChannelField, $"{SettingKeys.ChannelKind} is field");
        }

        if (settings.Channel.Kind == ChannelKind.Tag && settings.Channel.Tags.Count == 0)
        {
            yield return Missing(SettingKeys.ChannelTags, $"{SettingKeys.ChannelKind} is tag");
        }
    }

    private static IEnumerable<SettingError> Horizon(AccountSettings settings)
    {
        if (settings.PeriodMonths is < 1 or > 240)
        {
            yield return OutOfRange(SettingKeys.PeriodMonths, settings.PeriodMonths);
        }

        if (settings.HorizonMonths is < 3 or > 60)
        {
            yield return OutOfRange(SettingKeys.HorizonMonths, settings.HorizonMonths);
        }

        if (settings.DiscountPercent is < 0 or > 100)
        {
            yield return OutOfRange(SettingKeys.DiscountPercent, settings.DiscountPercent);
        }
    }

    private static IEnumerable<SettingError> Lifetime(LifetimeSettings lifetime)
    {
        if (lifetime.FixedYears is { } fixedYears && !IsBetween(fixedYears, ShortestLifetime, 50))
        {
            yield return OutOfRange(SettingKeys.LifetimeFixedYears, fixedYears);
        }

        if (lifetime.AssumedYears is { } assumedYears && !IsBetween(assumedYears, ShortestLifetime, 50))
        {
            yield return OutOfRange(SettingKeys.LifetimeAssumedYears, assumedYears);
        }

        if (!IsBetween(lifetime.MaximumYears, 1, 50))
        {
            yield return OutOfRange(SettingKeys.LifetimeMaximumYears, lifetime.MaximumYears);
        }
    }

    private static IEnumerable<SettingError> Tiers(TierSettings settings)
    {
        var tiers = settings.Tiers;
        if (tiers.Count is < 2 or > 6 || tiers.Any(tier => string.IsNullOrWhiteSpace(tier.Code) || string.IsNullOrWhiteSpace(tier.Name))
            || tiers.DistinctBy(tier => tier.Code).Count() < tiers.Count)
        {
            yield return Error(SettingKeys.TierNames, "the tiers are not 2 to 6 with different codes and a name each", "2 to 6 names");
            yield break;
        }

        foreach (var tier in tiers.Where(tier => !Color().IsMatch(tier.Color)))
        {
            yield return Error(SettingKeys.TierColors, $"'{tier.Color}' is not a colour", "#rrggbb for each tier");
        }

        var cuts = tiers.SkipLast(1).Select(tier => tier.Threshold).ToList();
        if (tiers[^1].Threshold is not null || !AreOrdered(cuts, settings.Rule))
        {
            yield return Error(SettingKeys.TierThresholds, $"do not cut {tiers.Count} tiers by {settings.Rule.ToString().ToLowerInvariant()}",
                settings.Rule == TierRule.Money
                    ? "one sum of money for each tier but the last, from the largest down, none below 0"
                    : "one percent for each tier but the last, rising, above 0 and up to 100");
        }
    }

    private static bool AreOrdered(List<decimal?> cuts, TierRule rule)
    {
        if (cuts.Any(cut => cut is null))
        {
            return false;
        }

        var pairs = cuts.Zip(cuts.Skip(1)).ToList();
        return rule == TierRule.Money
            ? cuts.TrueForAll(cut => cut >= 0) && pairs.TrueForAll(pair => pair.First > pair.Second)
            : cuts.TrueForAll(cut => cut is > 0 and <= 100) && pairs.TrueForAll(pair => pair.First < pair.Second);
    }

    private static IEnumerable<SettingError> KnownKinds(AccountSettings settings)
    {
        // Numbers in place of names pass a JSON reader, names alone pass here.
        (string Key, bool IsKnown)[] kinds =
        [
            (SettingKeys.CostKind, Enum.IsDefined(settings.Cost.Kind)),
            (SettingKeys.Customer, Enum.IsDefined(settings.Customer)),
            (SettingKeys.CacKind, Enum.IsDefined(settings.Cac.Kind)),
            (SettingKeys.ChannelKind, Enum.IsDefined(settings.Channel.Kind)),
            (SettingKeys.Headline, Enum.IsDefined(settings.Headline)),
            (SettingKeys.TierRule, Enum.IsDefined(settings.Tiers.Rule)),
            (SettingKeys.Returns, settings.Returns.All(entry => Enum.IsDefined(entry.Kind))),
        ];
        return kinds.Where(kind => !kind.IsKnown).Select(kind => Error(kind.Key, "is none of the known kinds", SettingKeys.Find(kind.Key)!.Allowed));
    }

    private static bool IsBetween(double value, double least, double most) => value >= least && value <= most;

    private static SettingError Missing(string key, string because) => new(key, $"is needed while {because}", SettingKeys.Find(key)!.Allowed);

    private static SettingError OutOfRange(string key, IFormattable? value) =>
        new(key, $"{value?.ToString(null, CultureInfo.InvariantCulture)} is out of range", SettingKeys.Find(key)!.Allowed);

    private static SettingError Error(string key, string problem, string allowed) => new(key, problem, allowed);

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Color();
}
