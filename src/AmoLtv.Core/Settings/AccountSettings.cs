using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Settings;

/// <summary>
/// Everything an account's admin decides about its numbers; the defaults work as they are.
/// A stage is a pipeline and a status, a custom field its number.
/// </summary>
public sealed record AccountSettings
{
    public WonStageSettings WonStages { get; init; } = new();

    /// <summary>Date custom field of the lead that holds the day of purchase; null: the closing time.</summary>
    public FieldId? PurchaseDateField { get; init; }

    /// <summary>Numeric custom field of the lead that holds the amount; null: the lead's price.</summary>
    public FieldId? AmountField { get; init; }

    public CostSettings Cost { get; init; } = new();

    public IReadOnlyList<ReturnStage> Returns { get; init; } = [];

    /// <summary>Sums take the purchases of the last so many months, 1 to 240; null: all history.</summary>
    public int? PeriodMonths { get; init; }

    public CustomerRule Customer { get; init; }

    public CacSettings Cac { get; init; } = new();

    public ChannelSettings Channel { get; init; } = new();

    /// <summary>How far ahead is looked, months, 3 to 60.</summary>
    public int HorizonMonths { get; init; } = 12;

    /// <summary>Percent a year taken off future value, 0 to 100.</summary>
    public decimal DiscountPercent { get; init; }

    /// <summary>Local time of the nightly run.</summary>
    public TimeOnly ScheduleTime { get; init; } = new(3, 0);

    public LifetimeSettings Lifetime { get; init; } = new();

    public HeadlineKind Headline { get; init; }

    /// <summary>Whether amounts in the CRM include VAT; null: the account has not said.</summary>
    public bool? VatIncluded { get; init; }

    public TierSettings Tiers { get; init; } = new();

    public RfmSettings Rfm { get; init; } = new();

    public LifecycleSettings Lifecycle { get; init; } = new();

    public DriverSettings Drivers { get; init; } = new();

    /// <summary>Whether everything of the account is erased seven days after its integration was switched off; installing it again before keeps all.</summary>
    public bool EraseAfterUninstall { get; init; }

    /// <summary>What of these settings cannot be used; empty where all is well.</summary>
    public IReadOnlyList<SettingError> Validate() => [.. SettingRules.Check(this)];

    /// <summary>Custom fields of this kind of card whose values the numbers need.</summary>
    public IReadOnlySet<FieldId> UsedFieldIds(EntityType entity)
    {
        IEnumerable<FieldId?> fields = entity switch
        {
            EntityType.Lead =>
            [
                PurchaseDateField,
                AmountField,
                Cost.Kind == CostKind.Field ? Cost.Field : null,
                Channel.Kind == ChannelKind.Field ? Channel.Field : null,
                .. Drivers.LeadFields,
            ],
            EntityType.Company => [Cac.Kind == CacKind.CompanyField ? Cac.Field : null, .. Drivers.CompanyFields],
            _ => [],
        };
        return fields.OfType<FieldId>().ToHashSet();
    }
}
