using System.Globalization;
using AmoLtv.Core.Identity;
using static AmoLtv.Core.Settings.SettingText;

namespace AmoLtv.Core.Settings;

/// <summary>Every setting by the key a person types, with what is allowed there.</summary>
public static class SettingKeys
{
    public const string Pipelines = "wonStages.pipelines";
    public const string ExtraStages = "wonStages.extraStages";
    public const string PurchaseDateField = "purchaseDateField";
    public const string AmountField = "amountField";
    public const string CostKind = "cost.kind";
    public const string CostField = "cost.field";
    public const string CostMarginPercent = "cost.marginPercent";
    public const string Returns = "returns";
    public const string PeriodMonths = "periodMonths";
    public const string Customer = "customer";
    public const string CacKind = "cac.kind";
    public const string CacField = "cac.field";
    public const string CacTargetRatio = "cac.targetRatio";
    public const string ChannelKind = "channel.kind";
    public const string ChannelField = "channel.field";
    public const string ChannelTags = "channel.tags";
    public const string HorizonMonths = "horizonMonths";
    public const string DiscountPercent = "discountPercent";
    public const string ScheduleTime = "scheduleTime";
    public const string LifetimeFixedYears = "lifetime.fixedYears";
    public const string LifetimeAssumedYears = "lifetime.assumedYears";
    public const string LifetimeMaximumYears = "lifetime.maximumYears";
    public const string Headline = "headline";
    public const string VatIncluded = "vatIncluded";
    public const string TierRule = "tiers.rule";
    public const string TierThresholds = "tiers.thresholds";
    public const string TierNames = "tiers.names";
    public const string TierColors = "tiers.colors";
    public const string RfmRecencyDays = "rfm.recencyDays";
    public const string RfmPurchases = "rfm.purchases";
    public const string RfmValue = "rfm.value";
    public const string LifecycleSlipping = "lifecycle.slippingAfterGaps";
    public const string LifecycleDormant = "lifecycle.dormantAfterGaps";
    public const string LifecycleLost = "lifecycle.lostAfterGaps";
    public const string DriverCompanyFields = "drivers.companyFields";
    public const string DriverLeadFields = "drivers.leadFields";

    public const string EraseAfterUninstall = "eraseAfterUninstall";

    private const string Gaps = "typical gaps from 0.5 to 100, more for each worse state";

    private const string Years = "none, or years from 0.0834 (a month) to 50";

    /// <summary>All settings, in the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Leads(), .. Money(), .. Acquisition(), .. Numbers(), .. TierSettings(), .. Segments(), .. Drivers(), .. Leaving()];

    /// <summary>The setting of this key, null where there is none.</summary>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static IEnumerable<Setting> Leads() =>
    [
        new(Pipelines, "all, or numbers of pipelines separated by commas",
            settings => OfMany(settings.WonStages.Pipelines, "all"),
            (settings, text) => settings with { WonStages = settings.WonStages with { Pipelines = Many(text, "all", part => new PipelineId(Number(part))) } }),
        new(ExtraStages, "none, or stages as PIPELINE:STATUS separated by commas",
            settings => OfMany(settings.WonStages.ExtraStages, None),
            (settings, text) => settings with { WonStages = settings.WonStages with { ExtraStages = Many(text, None, Stage) } }),
        new(PurchaseDateField, "none (the closing time), or the number of a date custom field of the lead",
            settings => Of(settings.PurchaseDateField),
            (settings, text) => settings with { PurchaseDateField = Field(text) }),
        new(Returns, "none, or stages as PIPELINE:STATUS:reversal or PIPELINE:STATUS:creditNote separated by commas",
            settings => OfMany(settings.Returns.Select(entry => $"{entry.Stage}:{OfKind(entry.Kind)}"), None),
            (settings, text) => settings with { Returns = Many(text, None, Return) }),
        new(PeriodMonths, "none (all history), or months from 1 to 240",
            settings => Of(settings.PeriodMonths),
            (settings, text) => settings with { PeriodMonths = Optional<int>(text) }),
        new(Customer, "companyElseContact, companyOnly, contactOnly",
            settings => OfKind(settings.Customer),
            (settings, text) => settings with { Customer = Kind<CustomerRule>(text) }),
    ];

    private static IEnumerable<Setting> Money() =>
    [
        new(AmountField, "none (the lead's price), or the number of a numeric custom field of the lead",
            settings => Of(settings.AmountField),
            (settings, text) => settings with { AmountField = Field(text) }),
        new(CostKind, "none, field, fixedMargin",
            settings => OfKind(settings.Cost.Kind),
            (settings, text) => settings with { Cost = settings.Cost with { Kind = Kind<CostKind>(text) } }),
        new(CostField, "none, or the number of a numeric custom field of the lead",
            settings => Of(settings.Cost.Field),
            (settings, text) => settings with { Cost = settings.Cost with { Field = Field(text) } }),
        new(CostMarginPercent, "none, or a percent above 0 and up to 100",
            settings => Of(settings.Cost.MarginPercent),
            (settings, text) => settings with { Cost = settings.Cost with { MarginPercent = Optional<decimal>(text) } }),
        new(VatIncluded, "true, false, none (not said)",
            settings => settings.VatIncluded is { } isIncluded ? (isIncluded ? "true" : "false") : None,
            (settings, text) => settings with { VatIncluded = text == None ? null : bool.Parse(text) }),
    ];

    private static IEnumerable<Setting> Acquisition() =>
    [
        new(CacKind, "none, companyField, channelTable",
            settings => OfKind(settings.Cac.Kind),
            (settings, text) => settings with { Cac = settings.Cac with { Kind = Kind<CacKind>(text) } }),
        new(CacField, "none, or the number of a numeric custom field of the company",
            settings => Of(settings.Cac.Field),
            (settings, text) => settings with { Cac = settings.Cac with { Field = Field(text) } }),
        new(CacTargetRatio, "LTV wanted for each unit of CAC, from 0.1 to 100",
            settings => Of(settings.Cac.TargetRatio),
            (settings, text) => settings with { Cac = settings.Cac with { TargetRatio = decimal.Parse(text, CultureInfo.InvariantCulture) } }),
        new(ChannelKind, "none, field, source, tag",
            settings => OfKind(settings.Channel.Kind),
            (settings, text) => settings with { Channel = settings.Channel with { Kind = Kind<ChannelKind>(text) } }),
        new(ChannelField, "none, or the number of a select or text custom field of the lead",
            settings => Of(settings.Channel.Field),
            (settings, text) => settings with { Channel = settings.Channel with { Field = Field(text) } }),
        new(ChannelTags, "none, or tags separated by commas, the first found on a lead is its channel",
            settings => OfMany(settings.Channel.Tags, None),
            (settings, text) => settings with { Channel = settings.Channel with { Tags = Many(text, None, part => part) } }),
    ];

    private static IEnumerable<Setting> Numbers() =>
    [
        new(HorizonMonths, "months from 3 to 60",
            settings => Of(settings.HorizonMonths),
            (settings, text) => settings with { HorizonMonths = int.Parse(text, CultureInfo.InvariantCulture) }),
        new(DiscountPercent, "percent a year from 0 to 100",
            settings => Of(settings.DiscountPercent),
            (settings, text) => settings with { DiscountPercent = decimal.Parse(text, CultureInfo.InvariantCulture) }),
        new(ScheduleTime, "local time as HH:MM from 00:00 to 23:59",
            settings => settings.ScheduleTime.ToString("HH:mm", CultureInfo.InvariantCulture),
            (settings, text) => settings with { ScheduleTime = TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture) }),
        new(LifetimeFixedYears, Years,
            settings => Of(settings.Lifetime.FixedYears),
            (settings, text) => settings with { Lifetime = settings.Lifetime with { FixedYears = Optional<double>(text) } }),
        new(LifetimeAssumedYears, Years,
            settings => Of(settings.Lifetime.AssumedYears),
            (settings, text) => settings with { Lifetime = settings.Lifetime with { AssumedYears = Optional<double>(text) } }),
        new(LifetimeMaximumYears, "years from 1 to 50",
            settings => Of(settings.Lifetime.MaximumYears),
            (settings, text) => settings with { Lifetime = settings.Lifetime with { MaximumYears = double.Parse(text, CultureInfo.InvariantCulture) } }),
        new(Headline, "formula, historical, total",
            settings => OfKind(settings.Headline),
            (settings, text) => settings with { Headline = Kind<HeadlineKind>(text) }),
    ];

    private static IEnumerable<Setting> TierSettings() =>
    [
        new(TierRule, "share, percentile, money",
            settings => OfKind(settings.Tiers.Rule),
            (settings, text) => settings with { Tiers = settings.Tiers with { Rule = Kind<TierRule>(text) } }),
        new(TierNames, "2 to 6 names separated by commas, from the most valuable down",
            settings => OfMany(settings.Tiers.Tiers.Select(tier => tier.Name), None),
            (settings, text) => settings with { Tiers = TierTexts.WithNames(settings.Tiers, Many(text, None, part => part)) }),
        new(TierThresholds, "one number for each tier but the last, separated by commas: percent, or money from the largest down",
            settings => OfMany(settings.Tiers.Tiers.SkipLast(1).Select(tier => Of(tier.Threshold)), None),
            (settings, text) => settings with { Tiers = TierTexts.WithThresholds(settings.Tiers, Many(text, None, part => decimal.Parse(part, CultureInfo.InvariantCulture))) }),
        new(TierColors, "#rrggbb for each tier, separated by commas",
            settings => OfMany(settings.Tiers.Tiers.Select(tier => tier.Color), None),
            (settings, text) => settings with { Tiers = TierTexts.WithColors(settings.Tiers, Many(text, None, part => part)) }),
    ];

    private static IEnumerable<Setting> Segments() =>
    [
        new(RfmRecencyDays, "none (quintiles), or four rising numbers of days: the longest silence that scores 5, 4, 3 and 2",
            settings => OfMany(settings.Rfm.RecencyDays, None),
            (settings, text) => settings with { Rfm = settings.Rfm with { RecencyDays = Many(text, None, part => int.Parse(part, CultureInfo.InvariantCulture)) } }),
        new(RfmPurchases, "none (quintiles), or four rising numbers of purchases from 1: the fewest that score 2, 3, 4 and 5",
            settings => OfMany(settings.Rfm.Purchases, None),
            (settings, text) => settings with { Rfm = settings.Rfm with { Purchases = Many(text, None, part => int.Parse(part, CultureInfo.InvariantCulture)) } }),
        new(RfmValue, "none (quintiles), or four rising sums of money: the least bought that scores 2, 3, 4 and 5",
            settings => OfMany(settings.Rfm.Value.Select(sum => Of(sum)), None),
            (settings, text) => settings with { Rfm = settings.Rfm with { Value = Many(text, None, part => decimal.Parse(part, CultureInfo.InvariantCulture)) } }),
        new(LifecycleSlipping, Gaps,
            settings => Of(settings.Lifecycle.SlippingAfterGaps),
            (settings, text) => settings with { Lifecycle = settings.Lifecycle with { SlippingAfterGaps = double.Parse(text, CultureInfo.InvariantCulture) } }),
        new(LifecycleDormant, Gaps,
            settings => Of(settings.Lifecycle.DormantAfterGaps),
            (settings, text) => settings with { Lifecycle = settings.Lifecycle with { DormantAfterGaps = double.Parse(text, CultureInfo.InvariantCulture) } }),
        new(LifecycleLost, Gaps,
            settings => Of(settings.Lifecycle.LostAfterGaps),
            (settings, text) => settings with { Lifecycle = settings.Lifecycle with { LostAfterGaps = double.Parse(text, CultureInfo.InvariantCulture) } }),
    ];

    private static IEnumerable<Setting> Drivers() =>
    [
        new(DriverCompanyFields, "none, or up to 10 numbers of select, text or numeric custom fields of the company separated by commas",
            settings => OfMany(settings.Drivers.CompanyFields, None),
            (settings, text) => settings with { Drivers = settings.Drivers with { CompanyFields = Many(text, None, part => new FieldId(Number(part))) } }),
        new(DriverLeadFields, "none, or up to 10 numbers of select, text or numeric custom fields of the lead separated by commas",
            settings => OfMany(settings.Drivers.LeadFields, None),
            (settings, text) => settings with { Drivers = settings.Drivers with { LeadFields = Many(text, None, part => new FieldId(Number(part))) } }),
    ];

    private static IEnumerable<Setting> Leaving() =>
    [
        new(EraseAfterUninstall, "true, false: whether everything of the account is erased seven days after its integration was switched off",
            settings => settings.EraseAfterUninstall ? "true" : "false",
            (settings, text) => settings with { EraseAfterUninstall = bool.Parse(text) }),
    ];
}
